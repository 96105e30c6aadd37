"""Who did or saw what. Every action writes here, and nothing here is ever changed."""
