"""Run the command line as ``python -m extractor``."""

from extractor.cli import main

main(prog_name="gazette")
