"""One repair each, in a fixed order (see `pipeline`): text in, text and offsets out."""
