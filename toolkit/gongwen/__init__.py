"""The GB/T 9704—2012 engine: page, styles, numbering, elements. Knows nothing of rectification."""
