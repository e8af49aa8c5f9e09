"""How good the extraction is: scores against gold, bracket counts, perturbed and edited texts, and speed.

Behind ``scripts/evaluate``, ``scripts/perturb``, ``scripts/mutate`` and ``scripts/bench``. Nothing here is part of the
package ``extractor``, and what judges or rewrites texts imports nothing of it.
"""
