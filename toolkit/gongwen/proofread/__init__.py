"""Proofreading of any official document against GB/T 9704—2012: one function a clause, its examples beside it."""
