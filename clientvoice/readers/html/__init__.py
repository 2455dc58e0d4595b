"""Pages: what a browser would show of HTML and MJML, with the way back to the source."""
