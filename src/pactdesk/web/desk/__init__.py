"""The pages of agents and leads."""
