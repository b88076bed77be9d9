"""BP8: plugins, groups, policies and scaling."""
