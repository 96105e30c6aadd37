"""One file per quantity that a trace may count, all alike: `counted(counting, *arguments)`."""
