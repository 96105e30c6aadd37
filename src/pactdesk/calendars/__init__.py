"""Published calendars as dated data files; the loader reads them, the core is given them."""
