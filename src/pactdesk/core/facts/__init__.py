"""Facts: what happened, in one canonical form, in a log whose days are sealed."""
