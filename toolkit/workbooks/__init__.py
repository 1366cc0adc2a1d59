"""The workbooks that leave: settings, ledger templates and dispatched ledgers, the consolidated ledger."""
