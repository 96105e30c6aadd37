"""What a lawyer notes from a paper, one kind to a file: typed values, each with its place.

Wider than the terms in `core.terms`, which hold what can be settled: here stands everything
that the reading summary asks for, also what no statement computes yet.
"""
