"""What came in: each file recognised, its table found, its headings matched, its rows read. Every row is accounted for."""
