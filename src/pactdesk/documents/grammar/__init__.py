"""The small words of contracts, each with its place: numbers, amounts, rates, times, blanks."""
