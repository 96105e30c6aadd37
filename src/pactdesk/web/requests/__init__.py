"""The pages on which the parties ask each other for help and data."""
