"""What is owed: ledger, verdicts, rights, lines, and the replay of traces."""
