"""Money, rates, ratios, periods, rounding: what every other part counts in."""
