"""BP9: style and deprecation."""
