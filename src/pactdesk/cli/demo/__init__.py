"""The whole job on the sample contract, told step by step."""
