"""Migrations of the workforce."""
