"""BP3: properties and values."""
