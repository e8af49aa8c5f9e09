"""What every test may ask for: the repository, the real data beside it, and the option --long."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# Random examples are the same in every run, so that a red test is red for everybody; --long looks further.
# No deadline: a machine with two cores and two workers is slow by turns.
hypothesis.settings.register_profile("ordinary", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("long", derandomize=False, deadline=None, max_examples=2000, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked long too, and more random examples")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long" if config.getoption("--long") else "ordinary")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if "long" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes; run with --long"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real gazettes and their gold, beside the repository; the test is skipped where it is missing."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("no ../shared with real gazettes here")
    return SHARED
