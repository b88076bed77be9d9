"""The reference parser and the real engine: samples, mutants and comparisons."""
