"""One file per consequence kind, all alike: `exact(clause, settling)` is the unrounded amount."""
