"""看板.html: one file that shows a whole ledger in any browser, without a network."""
