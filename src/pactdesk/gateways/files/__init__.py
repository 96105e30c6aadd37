"""Files that one party hands to the other: looked at with suspicion, never opened."""
