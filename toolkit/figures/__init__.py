"""Counts, rates, lights: the only arithmetic in the house."""
