"""Built-in workflows and their parts."""
