"""Coming in and going out, and what people see and set of their own account."""
