"""Every sentence a user sees, Chinese first, English beside it; code holds only the keys."""
