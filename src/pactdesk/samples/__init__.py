"""The sample contract and its answers, for the demo and the tutorials."""
