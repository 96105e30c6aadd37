"""Settings and wiring: the one place that sees everything."""
