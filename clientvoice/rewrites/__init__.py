"""Suggestions: how to say to a client what was said to a customer."""
