"""The trained extractive reader: spans of the passages that answer the question."""
