"""A page that shows every component in every state; only where the settings say so."""
