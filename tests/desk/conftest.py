"""Fixtures of the window's tests."""

from tests.support.screen import screen

__all__ = ["screen"]
