"""Facts from tables: a CSV file, a mapping that says what its rows mean, and an account."""
