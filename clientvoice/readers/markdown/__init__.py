"""Markdown, with the way back to the source."""
