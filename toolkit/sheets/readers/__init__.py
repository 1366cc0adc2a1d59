"""One file, one format: `accepts(data)` and `read(data, name)`; a reader that stands in this folder is registered."""
