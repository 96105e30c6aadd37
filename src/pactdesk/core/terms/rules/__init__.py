"""Rules over terms: one file per rule, all alike; `catalogue.py` lists and runs them."""
