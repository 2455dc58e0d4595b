"""Tables with a message a row."""
