"""One file per command, all alike: the work as a function, then how it is called and shown."""
