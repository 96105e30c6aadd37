"""Django state, one folder per business noun."""
