"""Pure: values in, values out. No Django, no clock, no disk, no randomness, no float money."""
