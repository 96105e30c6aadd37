"""A dispute on paper."""
