"""Values, inputs and constraints."""
