"""Conversations in writing: who wrote what, in one gapless sequence, and the facts it causes."""
