"""The lock has what the product asks for, by hash, for every computer; and nothing that a clerk's folder must not have."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from bundle import ROOT
from bundle.locked import PackagingError, Pin, plain, read_lock
from bundle.targets import GLIBC_FLOOR, LINUX, PYTHONS, TARGETS, WINDOWS, Target
from lock import LEFT_OUT, wanted
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from pathlib import Path

PINS = {plain(pin.requirement.name): pin for pin in read_lock()}


def test_everything_that_the_product_asks_for_is_locked_in_a_version_that_will_do() -> None:
    for line in wanted():
        asked = Requirement(line)
        version = str(PINS[plain(asked.name)].requirement.specifier).removeprefix("==")
        assert asked.specifier.contains(version), f"{line}: run packaging/lock.py"


def test_what_is_large_and_rarely_wanted_is_left_out() -> None:
    """numpy in reach is loaded by openpyxl at once."""
    assert not LEFT_OUT & PINS.keys()


def test_every_extra_dependency_is_one_that_is_left_out() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {plain(Requirement(line).name) for line in asked["project"]["dependencies"]}
    assert names - PINS.keys() <= LEFT_OUT


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_only_windows_needs_what_colours_its_console(target: Target) -> None:
    assert PINS["colorama"].is_for(target) is (target == WINDOWS)
    assert PINS["lxml"].is_for(target)


def test_wheels_of_compiled_code_are_there_for_every_computer_and_python() -> None:
    assert len(PINS["lxml"].hashes) == len(TARGETS) * len(PYTHONS)
    assert len(PINS["xlsxwriter"].hashes) == 1


@pytest.mark.parametrize("line", ["lxml==6.1.3", "lxml==6.1.3 --hash=md5:00"])
def test_a_line_without_a_hash_is_refused(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"# head\n\n{line}\n", encoding="utf-8")
    with pytest.raises(PackagingError, match="no hash"):
        read_lock(lock)


def test_a_pin_reads_as_it_was_written() -> None:
    pin = Pin(
        Requirement('colorama==0.4.6; sys_platform == "win32"'), frozenset({"b" * 64, "a" * 64})
    )
    assert (
        pin.line
        == f'colorama==0.4.6; sys_platform == "win32" --hash=sha256:{"a" * 64} --hash=sha256:{"b" * 64}'
    )
    assert pin.line_without_marker.startswith("colorama==0.4.6 --hash")


@pytest.mark.parametrize("machine", sorted(LINUX))
def test_no_wheel_for_a_newer_glibc_is_taken(machine: str) -> None:
    tags = LINUX[machine].platforms
    versions = [int(found[1]) for tag in tags if (found := re.match(r"manylinux_2_(\d+)_", tag))]
    assert max(versions) == GLIBC_FLOOR[1]
    assert f"manylinux2014_{machine}" in tags
