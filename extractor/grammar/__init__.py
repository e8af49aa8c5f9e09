"""str → mentions: quantities, dates, role brackets, sentences that assign, references. Pure, without spaCy."""
