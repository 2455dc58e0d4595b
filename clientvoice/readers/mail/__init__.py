"""Mail: from the bytes of a file to the parts that its reader sees."""
