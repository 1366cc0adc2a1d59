"""The spreadsheet engine: open by content, grids of cells with addresses, writing. Knows nothing of rectification."""
