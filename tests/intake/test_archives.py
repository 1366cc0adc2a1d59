"""Archives: one submission for each file inside, whatever is wrong with the others."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS, arrival
from toolkit.intake.read import read
from toolkit.ledger.submission import Submission, Verdict
from toolkit.settings.model import Settings
from toolkit.settings.sections import Receiving

WORD = "密码2026"
BOOK = workbook(Sheet([HEAD, line(1)]))


def packed(**members: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def read_archive(data: bytes, settings: Settings = SETTINGS) -> tuple[Submission, ...]:
    return read([arrival("包.zip", data)], settings, has_baseline=True)


def test_every_member_is_a_submission_under_its_path_in_the_archive() -> None:
    inner = packed(
        **{"内/财政金融局.xlsx": workbook(Sheet([HEAD, line(2, 牵头单位="财政金融局")]))}
    )
    whole, *inside = read_archive(
        packed(**{"夹/规划建设局.xlsx": BOOK, "再.zip": inner, "说明.txt": b"\xff\xfe"})
    )
    assert (whole.file, whole.verdict, len(whole.rows)) == ("包.zip", Verdict.ACCEPTED, 0)
    assert [(s.file, s.verdict.value, s.unit) for s in inside] == [
        ("包.zip/夹/规划建设局.xlsx", "accepted", "规划建设局"),
        ("包.zip/再.zip/内/财政金融局.xlsx", "accepted", "财政金融局"),
        ("包.zip/说明.txt", "rejected", ""),
    ]
    assert inside[0].rows[0].place("id").file == "包.zip/夹/规划建设局.xlsx"
    assert len({s.sha256 for s in (whole, *inside)}) == 4


def test_an_archive_without_a_usable_file_is_refused_in_a_sentence() -> None:
    for data in (packed(**{"照片.png": b"\x89PNG"}), packed()):
        whole, *inside = read_archive(data)
        assert whole.verdict is Verdict.REJECTED
        assert whole.reason.startswith("压缩包里没有")
        assert all(submission.verdict is Verdict.REJECTED for submission in inside)


def locked(data: bytes, password: str) -> bytes:
    import msoffcrypto.format.ooxml as office

    stream = io.BytesIO()
    office.OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def test_a_locked_workbook_opens_with_the_passwords_of_the_settings_else_says_what_to_do() -> None:
    data = locked(BOOK, WORD)
    (refused,) = read([arrival("规划建设局.xlsx", data)], SETTINGS, has_baseline=True)
    assert refused.verdict is Verdict.REJECTED
    assert "密码" in refused.reason
    common = replace(SETTINGS, receiving=Receiving(passwords=f"别的 {WORD}"))
    (opened,) = read([arrival("规划建设局.xlsx", data)], common, has_baseline=True)
    assert [row.item.id for row in opened.rows] == ["1-1"]
    own = SETTINGS.with_units((replace(SETTINGS.units[0], password=WORD), *SETTINGS.units[1:]))
    _, opened = read([arrival("包.zip", packed(**{"规建局.xlsx": data}))], own, has_baseline=True)
    assert [row.item.id for row in opened.rows] == ["1-1"]


BARE = workbook(Sheet([HEAD, line(1, 牵头单位=None)]))
NOBODY = replace(SETTINGS, units=())


@pytest.mark.parametrize("settings", [SETTINGS, NOBODY], ids=["known units", "first use"])
@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("规划建设局/整改台账.xlsx", "规划建设局"),
        ("2.财政金融局（3项）/台账/表.xlsx", "财政金融局"),
        ("财政金融局收集/规划建设局/整改台账.xlsx", "规划建设局"),
        ("规划建设局/财政金融局.xlsx", "财政金融局"),
        ("规划建设局\\整改台账.xlsx", "规划建设局"),
    ],
)
def test_the_nearest_folder_that_is_named_after_a_unit_says_whose_a_file_is(
    settings: Settings, path: str, unit: str
) -> None:
    _, inside = read_archive(packed(**{path: BARE}), settings)
    assert (inside.verdict, inside.unit) == (Verdict.ACCEPTED, unit)
    assert "X301" not in {found.rule for found in inside.findings}


@pytest.mark.parametrize("path", ["整改台账.xlsx", "第一批/报送/表.xlsx", "场所/干部/表.xlsx"])
def test_folders_that_are_no_units_name_none(path: str) -> None:
    _, inside = read_archive(packed(**{path: BARE}), NOBODY)
    assert inside.unit == ""
