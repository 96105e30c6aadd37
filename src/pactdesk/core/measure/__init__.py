"""Facts → interactions → exact summaries → levels."""
