"""The design language of the pages: tokens, components, their words, and a page showing them."""
