"""What the tests of terms, levels and money are written with: contracts, facts, strategies."""
