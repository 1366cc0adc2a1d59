"""What tests of every room share, and the tiers that they belong to."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.support.fuzz import LONG, is_long
from tests.support.made import Made


def pytest_configure(config: pytest.Config) -> None:
    """More random inputs where the long tier is asked for; before any test module says how many it wants."""
    if is_long(config.option.markexpr):
        settings.load_profile(LONG)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test with random inputs carries its marker."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("fuzz")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Workspaces made once a session; workers of pytest-xdist share those of the one that asked first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Made(shared / "made")
