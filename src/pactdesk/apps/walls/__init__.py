"""What every app stands on: whose rows a transaction may touch, and names for new rows."""
