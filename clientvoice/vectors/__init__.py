"""Sentences to vectors: an n-gram vectoriser (fast) and a small encoder (accurate)."""
