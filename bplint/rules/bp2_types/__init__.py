"""BP2: structure, types and templates."""
