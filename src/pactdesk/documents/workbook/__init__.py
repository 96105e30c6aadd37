"""A statement as a spreadsheet of formulas, so that a finance clerk can follow every cell."""
