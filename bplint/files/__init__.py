"""Which files are linted, and which may be read."""
