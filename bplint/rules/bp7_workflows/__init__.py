"""BP7: workflows and their code."""
