"""Scheduled work and the outbox: each job calls one action."""
