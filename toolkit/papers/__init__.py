"""The Word papers: one file, one paper. How a paper looks is `toolkit.gongwen`'s; what stands in it is decided here."""
