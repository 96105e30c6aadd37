"""Stored terms, their versions, and who agreed to them."""
