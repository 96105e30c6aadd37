"""The reading summary: the flat form in which a read contract is judged.

One file for each section, all alike: `write(sheet, reading)` puts what was read on the sheet,
each value under its path with its words and how sure the reader is.
"""
