"""What tests of every room share."""

from __future__ import annotations

import os

import pytest

from tests.support.made import Made


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Workspaces made once a session; workers of pytest-xdist share those of the one that asked first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Made(shared / "made")
