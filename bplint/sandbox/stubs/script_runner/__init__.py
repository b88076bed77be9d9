"""The part of the script plugin that runs workflows."""
