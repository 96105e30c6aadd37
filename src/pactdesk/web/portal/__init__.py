"""The pages of the two parties: contracts, levels, statements."""
