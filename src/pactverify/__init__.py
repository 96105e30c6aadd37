"""The independent verifier: standard library only, shares no code with pactdesk."""
