"""Pages of quality: samples, reviews, what is said to them, and the client's evaluation."""
