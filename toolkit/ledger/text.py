"""Text as people type it, cleaned without loss of meaning."""
