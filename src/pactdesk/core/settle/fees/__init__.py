"""One file per fee kind, all alike: `exact(clause, settling)` is the unrounded amount."""
