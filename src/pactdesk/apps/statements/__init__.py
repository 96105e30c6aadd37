"""Statements: issued, objected, answered, agreed."""
