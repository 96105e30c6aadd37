"""Which days and hours count: dated calendars, service hours, elapsed service time."""
