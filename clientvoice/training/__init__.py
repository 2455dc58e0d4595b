"""Fit models: read labelled text, train branches, calibrate on unseen senders, save."""
