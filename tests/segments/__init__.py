"""Tests of clientvoice.segments."""
