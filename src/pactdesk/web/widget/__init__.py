"""The customer: the chat widget, and the demo shop that shows it."""
