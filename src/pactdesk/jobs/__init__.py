"""Scheduled work and the outbox: each job calls one action.

`python -m pactdesk.jobs` runs the worker, as the database role of jobs.
"""
