"""Turn values into sentences, in each language."""
