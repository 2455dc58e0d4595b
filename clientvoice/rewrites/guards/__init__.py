"""What a candidate must pass: facts, promises, fluency, meaning."""
