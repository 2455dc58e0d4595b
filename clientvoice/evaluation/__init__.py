"""Measure models: macro-F1 with its interval, per label, calibration, cues, messages."""
