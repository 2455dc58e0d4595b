"""Vectors to framings: labels and calibrated probabilities, for sentences and for messages."""
