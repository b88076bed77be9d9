"""Facts of the built-in types and the published plugins, looked up offline."""
