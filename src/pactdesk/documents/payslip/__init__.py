"""The pay slip of a part-time agent on paper."""
