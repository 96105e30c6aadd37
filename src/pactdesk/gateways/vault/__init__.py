"""Envelope encryption: each contract's data keys, wrapped by keys that the database never sees."""
