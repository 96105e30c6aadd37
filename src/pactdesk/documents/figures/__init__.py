"""What people would rather look at: a level day by day, response times against their limit."""
