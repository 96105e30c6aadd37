"""Files of conversations, for people who are logged in."""
