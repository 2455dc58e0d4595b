"""Files inside files: archives and Word documents, opened with care."""
