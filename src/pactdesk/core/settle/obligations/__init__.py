"""What each side owes, by when, and what follows; one file per source, all alike: `owed(told)`."""
