"""Python code behind mappings: found by path search, read with `ast`, never imported or run."""
