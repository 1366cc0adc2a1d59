"""One state in which everything occurs that can be printed; the run that makes it takes seconds, and happens once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.proved import Proved, everything_proved, short_brief
from toolkit.run.proof.context import ProofContext


@pytest.fixture(scope="session")
def _told(tmp_path_factory: pytest.TempPathFactory) -> Proved:
    return everything_proved(tmp_path_factory.mktemp("全"))


@pytest.fixture(scope="module")
def everything(_told: Proved) -> Iterator[Proved]:
    """The state, with all that was written of it, and a brief as short as it was written with."""
    with short_brief():
        yield _told


@pytest.fixture
def copied(everything: Proved, tmp_path: Path) -> ProofContext:
    """The state with a folder of its own, which a test may change."""
    folder = tmp_path / "成果"
    shutil.copytree(everything.context.folder, folder)
    return replace(everything.context, folder=folder)
