"""Nodes, relationships, operations and groups."""
