"""One file per clause kind, all alike: the class, its fields with unit and source row."""
