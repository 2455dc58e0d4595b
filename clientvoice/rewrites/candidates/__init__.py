"""What might be said instead, from files that a writer can edit."""
