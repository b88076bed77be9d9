"""BP1: imports and versions."""
