"""Service levels: what is measured, compared with what."""
