"""Find and read Python."""
