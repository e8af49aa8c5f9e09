"""What changed: clause to clause, number to number, body to body.

The room of :func:`extractor.diff`; a package of that name would hide the function.
"""
