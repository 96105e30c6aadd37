"""Quality: samples of conversations, reviews and what is said to them, the client's evaluation."""
