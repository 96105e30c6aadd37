"""Kinds of facts, one file for each family; `kinds` lists them all."""
