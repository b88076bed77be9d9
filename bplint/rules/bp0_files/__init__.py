"""BP0: files and syntax."""
