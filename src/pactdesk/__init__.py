"""Pactdesk: a customer-service desk that its signed service contract runs."""
