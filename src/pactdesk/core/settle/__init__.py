"""What is owed: fees, consequences, the statement and its trace."""
