"""What an editor asks of a blueprint: what stands at a place, where it is declared, what fits there."""
