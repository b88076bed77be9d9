"""What is legal and unwise."""
