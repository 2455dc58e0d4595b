"""Labelled text: sentences and messages, authored or your own."""
