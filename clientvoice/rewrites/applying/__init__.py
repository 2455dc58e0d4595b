"""Accepted rewrites put into the file, every other byte as it was."""
