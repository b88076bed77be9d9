"""Intrinsic functions."""
