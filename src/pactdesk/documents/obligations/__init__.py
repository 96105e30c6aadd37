"""Obligations in words, and as entries of a calendar."""
