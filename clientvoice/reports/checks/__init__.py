"""Findings in the forms that code hosts, build servers and editors read."""
