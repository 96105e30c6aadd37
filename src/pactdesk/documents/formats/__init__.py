"""One file format each: from bytes to the text that a reader of the document sees."""
