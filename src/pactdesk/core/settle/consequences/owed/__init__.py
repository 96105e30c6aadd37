"""What a missed level costs before its cap, one file per rule: `owed(clause, rule, settling)`."""
