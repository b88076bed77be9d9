"""BP5: intrinsic functions."""
