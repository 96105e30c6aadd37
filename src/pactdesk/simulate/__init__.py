"""Seeded months of operation under a contract: demo, quotes, load. `run.simulate` is the door."""
