"""How results look in a terminal. Each view prints; none computes."""
