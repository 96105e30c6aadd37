"""Logging in and out, second factors, sessions, passwords."""
