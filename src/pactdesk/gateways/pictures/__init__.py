"""Pictures from outside: read with suspicion, and made anew without anything hidden in them."""
