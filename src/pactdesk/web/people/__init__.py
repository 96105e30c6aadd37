"""The pages of administrators: people, invitations, roles."""
