"""Faults of code."""
