"""One file per clause kind, all alike: `read(paper)` gives its clauses, blanks and sources kept."""
