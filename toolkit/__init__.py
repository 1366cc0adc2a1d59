"""The rectification-ledger toolkit (整改台账工具箱)."""

__version__ = "0.3.0"
