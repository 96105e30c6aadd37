"""What must follow an action: written with it, in its transaction, and done by a job later."""
