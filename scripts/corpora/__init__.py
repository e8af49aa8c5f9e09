"""Makes the sample issues of corpora/ as web pages, Word files and PDFs out of their texts."""
