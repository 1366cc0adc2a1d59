"""What happens to rounds that were issued: signed, verified, issued again, taken back, restored."""
