"""Words to terms and back: reads contracts, writes contracts, statements and reports."""
