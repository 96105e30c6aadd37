"""What the parties ask of each other: help, decisions, access, data; and what became of it."""
