"""What can be wrong with a blueprint: an engine a room, each with the faults it finds."""
