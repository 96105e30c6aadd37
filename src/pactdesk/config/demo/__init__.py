"""The demo's desk: a private database with two merchants, a month behind it and one running."""
