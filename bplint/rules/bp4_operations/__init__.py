"""BP4: interfaces, operations and relationships."""
