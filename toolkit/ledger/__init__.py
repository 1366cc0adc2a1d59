"""What a ledger is: columns, items, submissions, findings, deadlines, statuses, units, text. No files, no clock."""
