"""Backups: one encrypted file of the whole database as of one instant, and proof of it."""
