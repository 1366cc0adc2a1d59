"""What is wrong, where, and how to put it right: one module a family, one function a rule, its examples beside it."""
