"""One file per metric, all alike: `outcome` of one interaction, `ratio` of a summary."""
