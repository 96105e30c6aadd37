"""What a bad month costs the provider: by step, by event, by tier, by score."""
