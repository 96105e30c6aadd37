"""Organisations, people, and the roles that people have in contracts."""
