"""Looking over what was found: what no result says, what is missing, what contradicts itself, and why a value is so."""
