"""Workflow code: which objects its names hold, and what is wrong in how they are used."""
