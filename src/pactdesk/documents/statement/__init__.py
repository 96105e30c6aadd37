"""The monthly statement as a PDF: one page to read, the working of each line behind it."""
