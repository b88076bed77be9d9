"""From a dotted name to a def."""
