"""Commands for developers; each runs by itself from a fresh clone. Their logic lives in ``scripts.quality``."""
