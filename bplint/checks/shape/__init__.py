"""The shape of files, and what merging hides."""
