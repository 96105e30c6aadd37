"""Pages of administrators: people, their roles, organisations, and the audit."""
