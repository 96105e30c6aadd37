"""Evidence: the facts of every contract in PostgreSQL, their seals, and personal texts."""
