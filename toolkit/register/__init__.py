"""The office's memory: what is known of every item, since when and from where."""
