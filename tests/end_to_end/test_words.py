"""Whatever a round writes, and whatever a command says of it, names statuses in the office's own words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.full_round import OFFICE, Made, make
from tests.support.readable import texts
from tests.support.words import INVENTED, standard_words
from toolkit.ledger.status import Status, worded
from toolkit.papers.notice import TEMPLATES
from toolkit.run.finding_catalogue import rule_lines_of_settings
from toolkit.settings.model import SECTIONS
from toolkit.settings.papers import Skeleton
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

# Where a standard word stands and names no status: 长期坚持 is also a kind of rectification and a way to write a
# deadline without end, both fixed words of the ledger. Each pattern, and where it stands.
EXCEPTIONS = {
    r"限期整改或长期坚持": "the kinds of rectification, in the explanation of 整改类型",
    r"“立行立改”“长期坚持”“2026年底前，并长期坚持”": "the ways to write a deadline, in the explanation of 整改时限",
    r"\$[MN]\d+=\"长期坚持\"": "formulas of 自检 that ask for the kind (column M) and for the deadline (column N)",
    r"时限不宜只写长期坚持": "自检 about the deadline (D106)",
    r"长期坚持的，应写明阶段节点": "自检 about the deadline (D107)",
    r"时限为长期坚持": "自检 about the deadline (S109)",
}
EXCEPTED = re.compile("|".join(EXCEPTIONS))
# Rules whose sentences are about deadlines and kinds.
DEADLINE_RULES = {"D101", "D106", "D107", "S109"}
ALL = {INVENTED.of(status) for status in Status}


# With templates of this version, and with those of 0.3.0, which come to be the same when they are used.
WORKSPACES = [(Skeleton.THREE_PARTS, ""), *((skeleton, "0.3.0") for skeleton in Skeleton)]


@pytest.fixture(
    scope="module", params=WORKSPACES, ids=[f"{one.name}{by}" for one, by in WORKSPACES]
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    skeleton, by = request.param
    settings = replace(OFFICE, words=INVENTED, document=replace(OFFICE.document, skeleton=skeleton))
    return make(tmp_path_factory.mktemp("用语") / "区", settings, by=by)


@pytest.fixture(scope="module")
def outputs(made: Made) -> list[Path]:
    """All that both rounds have written; what came in is kept as it was."""
    found = sorted(made.place.outbox.rglob("*"))
    return [path for path in found if path.is_file() and "原件" not in path.parts]


def otherwise(path: Path) -> list[tuple[str, str]]:
    """Where a file names a status in a word of the standard, or has left its place open."""
    return [
        (place, text[:80])
        for place, text in texts(path)
        if list(standard_words(EXCEPTED.sub("", text))) or text != worded(text, INVENTED.of)
    ]


def test_no_output_names_a_status_otherwise(outputs: list[Path]) -> None:
    found = {path.name: places for path in outputs if (places := otherwise(path))}
    assert found == {}


def test_the_outputs_are_all_there_and_do_name_statuses(made: Made, outputs: list[Path]) -> None:
    assert {path.name.partition("-")[0] for path in outputs} >= {
        "整改进展通报.docx", "整改进展通报（公开稿）.docx", "整改周报.docx", "发文审批单.docx", "督办函", "提醒函", "销号单", "汇总台账.xlsx",
        "公文自检表.xlsx", "回执.txt", "规划建设局.xlsx", "规划建设局", "运行说明.txt", "run.json",
    }  # fmt: skip
    for name in ("整改周报.docx", "汇总台账.xlsx", "运行说明.txt"):
        whole = "\n".join(text for _, text in texts(made.folder / name))
        assert {word for word in ALL if word in whole} == ALL, name
    notice = "\n".join(text for _, text in texts(made.folder / "整改进展通报.docx"))
    assert INVENTED.done in notice


def test_every_exception_is_still_needed(outputs: list[Path]) -> None:
    books = [path for path in outputs if path.suffix == ".xlsx"]
    whole = "\n".join(text for path in books for _, text in texts(path))
    assert [pattern for pattern in EXCEPTIONS if not re.search(pattern, whole)] == []


def test_templates_name_statuses_by_placeholders(made: Made) -> None:
    used = TEMPLATES[load(made.place.settings_path.read_bytes()).document.skeleton]
    others = {*TEMPLATES.values()} - {used}  # an earlier version's are left until they are used
    for path in sorted(made.place.templates.glob("*.docx")):
        if path.name in others:
            continue
        prose = [re.sub(r"\{\{.*?\}\}", "", text) for _, text in texts(path)]
        assert [text for text in prose if list(standard_words(text))] == []
    assert otherwise(made.place.templates / "整改台账.xlsx") == []


def test_the_settings_say_a_standard_word_only_where_it_is_a_name(made: Made) -> None:
    """Settings, and the parameters of rules, are called by the standard's words; examples show what units write in prose."""
    names = {entry.name for kind in SECTIONS.values() for entry in kind.entries().values()}
    lines = rule_lines_of_settings(INVENTED)
    shown = {text for line in lines for text in (line.parameter, line.default, line.example)}
    shown |= {line.explanation for line in lines if line.code in DEADLINE_RULES}
    allowed = {text[:80] for text in names | shown}
    assert {text for _, text in otherwise(made.place.settings_path)} <= allowed


@pytest.mark.parametrize("command", ["status", "why", "check"])
def test_no_command_says_otherwise(made: Made, command: str) -> None:
    returns = [path for path in (made.folder / "原件").rglob("*.xlsx") if "汇总" not in path.name]
    arguments = {"status": [], "why": ["1-3"], "check": [str(path) for path in sorted(returns)]}
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", command, *arguments[command], "-w", str(made.place.root)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
    assert list(standard_words(EXCEPTED.sub("", done.stdout))) == []


def test_run_json_keeps_its_codes(made: Made) -> None:
    record = json.loads((made.folder / "run.json").read_text(encoding="utf-8"))
    assert set(record["figures"]["by_status"]) == {status.value for status in Status}
    assert {row["status"] for row in record["rows"]} <= {status.value for status in Status}
