"""Taking clients on: their contracts, and the shops that carry the chat window."""
