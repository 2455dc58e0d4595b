"""Plain text: its blocks by how its lines look."""
