"""The commands that run a desk. They see everything, so they stand here and not in `cli`."""
