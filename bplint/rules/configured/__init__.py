"""Rules that a configuration writes down: `[[tool.bplint.policies]]`."""
