"""The report page and the notebook view: what one message and many come to, ready for the templates."""
