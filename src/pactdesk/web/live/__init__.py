"""The fast door: message in, event stream out."""
