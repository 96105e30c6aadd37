"""Pages about work: the clock, the roster, rules to sign, devices; and the lead's team."""
