"""The invented sample: an imaginary development zone, its ledger, three weeks of returns. 纯属虚构."""
