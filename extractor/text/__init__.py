"""Pure functions on strings: reading text, folded view, brackets, numerals, labels."""
