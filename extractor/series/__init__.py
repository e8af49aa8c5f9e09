"""Which gazette is it: one TOML a series, and a generic profile for everything else."""

from extractor.series.profile import GENERIC, SeriesProfile, load_profile, recognise

__all__ = ["GENERIC", "SeriesProfile", "load_profile", "recognise"]
