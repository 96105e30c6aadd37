"""The `pactdesk` command."""
