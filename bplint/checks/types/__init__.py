"""Types: parents, circles, types of properties."""
