"""sign: number and day in the final paper, the period frozen; a paper that is not what was proved is not signed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.support.command import zhenggai
from tests.support.issued import with_text
from tests.support.items import SETTINGS
from tests.support.made import FIRST, OFFICE, SECOND, Made, run_week
from toolkit.errors import ToolkitError, UsageError
from toolkit.gongwen.document import visible_paragraphs
from toolkit.issued import sign as signing_of
from toolkit.issued.sign import Signing, sign, subject_of_signed
from toolkit.papers.final import write_final
from toolkit.register.store import Register
from toolkit.run.round import run_round
from toolkit.settings.model import Settings
from toolkit.workspace import Workspace

NUMBER = "甲乙通〔2026〕12号"
ON = dt.date(2026, 6, 22)
NOTICE, PUBLIC = "整改进展通报.docx", "整改进展通报（公开稿）.docx"


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def signed(
    place: Workspace, number: str = NUMBER, on: dt.date = ON, round_: str = str(SECOND), by: str = "王书记",
    settings: Settings = OFFICE,
) -> tuple[Path, ...]:  # fmt: skip
    return sign(place, settings, Signing(round=round_, by=by, on=on, number=number))


def final(place: Workspace) -> Path:
    return place.outbox / str(SECOND) / "签发" / NOTICE


def numbers(place: Workspace) -> list[str]:
    with Register.open_to_read(place.register_path) as register:
        return [one.number for one in register.signatures()]


def test_number_and_day_stand_in_the_final_paper(place: Workspace) -> None:
    paths = signed(place)
    assert [path.name for path in paths] == [NOTICE, PUBLIC]
    texts = visible_paragraphs(final(place))
    assert texts.index("甲乙党工委文件") < texts.index(NUMBER)
    assert "2026年6月22日" in texts
    assert "2026年6月12日" not in texts
    assert "抄送：市委巡察办。" in texts


def test_the_public_edition_does_not_share_the_number(place: Workspace) -> None:
    signed(place)
    public = visible_paragraphs(final(place).with_name(PUBLIC))
    assert not [text for text in public if NUMBER in text]
    assert "甲乙党工委文件" not in public
    assert "2026年6月22日" in public
    assert numbers(place) == [NUMBER, ""]
    told = zhenggai("verify", final(place).with_name(PUBLIC), "-w", place.root)
    assert "（王书记2026-06-22签发）" in told.out


def test_what_was_signed_is_kept_with_its_words_and_the_chain_holds(place: Workspace) -> None:
    signed(place)
    with Register.open(place.register_path) as register:
        kept, public = register.signatures()
        assert (kept.by, kept.on, kept.number) == ("王书记", ON, NUMBER)
        assert kept.texts == visible_paragraphs(final(place))
        assert public.paper == PUBLIC
        assert register.faults() == ()


def test_the_same_signing_again_puts_the_paper_out_again_and_another_is_refused(
    place: Workspace,
) -> None:
    signed(place)
    first = final(place).read_bytes()
    final(place).unlink()
    signed(place)
    assert final(place).read_bytes() == first
    for other in ({"number": "甲乙通〔2026〕13号"}, {"by": "李书记"}, {"on": dt.date(2026, 6, 23)}):
        with pytest.raises(UsageError, match="不能再次签发"):
            signed(place, **other)


@pytest.mark.parametrize("by_what", ["folder", "date", "code"])
def test_a_period_is_named_by_folder_day_or_code(place: Workspace, by_what: str) -> None:
    with Register.open(place.register_path) as register:
        last = register.states()[-1]
    named = {"folder": last.folder, "date": last.as_of.isoformat(), "code": last.code}
    signed(place, round_=named[by_what])
    assert final(place).is_file()


def test_a_period_that_is_not_there_is_named_with_an_example(place: Workspace) -> None:
    with pytest.raises(UsageError, match=f"没有期次“2026-06-13”.*{SECOND}"):
        signed(place, round_="2026-06-13")


@pytest.mark.parametrize(
    "number",
    [
        "甲乙通[2026]12号", "甲乙通〔2026〕第12号", "甲乙通〔2026〕012号", "〔2026〕12号", "甲乙通〔26〕1号", "", "甲乙通〔2026〕0号",
    ],
)  # fmt: skip
def test_a_number_in_another_form_is_refused_with_the_right_one(
    place: Workspace, number: str
) -> None:
    with pytest.raises(UsageError, match="如云党工通〔2026〕12号"):
        signed(place, number)
    assert not final(place).exists()
    assert numbers(place) == []


def test_a_number_is_used_once(place: Workspace) -> None:
    signed(place, round_=str(FIRST))
    with pytest.raises(UsageError, match="不能重复使用"):
        signed(place)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"on": dt.date(2026, 6, 1)}, "早于数据的截至日期"),
        ({"by": " "}, "请写明签发人"),
        ({"number": "甲乙通〔2025〕12号"}, "年份与签发日期2026-06-22不是同一年"),
        ({"on": dt.date(2027, 1, 4)}, "年份与签发日期2027-01-04不是同一年"),
        (
            {"settings": replace(OFFICE, document=replace(OFFICE.document, secrecy="秘密★1年"))},
            "涉密的通报没有公开稿",
        ),
    ],
)
def test_a_signing_that_cannot_be_is_refused(
    place: Workspace, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        signed(place, **changed)
    assert numbers(place) == []


def test_a_paper_that_was_changed_after_it_was_issued_is_not_signed_blindly(
    place: Workspace,
) -> None:
    path = place.outbox / str(SECOND) / NOTICE
    with_text(path, path, "会议2次", "会议4次")
    with pytest.raises(UsageError, match="被改动过"):
        signed(place)


def test_a_paper_with_blanks_is_not_signed(made: Made, tmp_path: Path) -> None:
    place = made.with_ledger(tmp_path / "有空白")
    run_week(place, FIRST)
    with pytest.raises(UsageError, match=r"没有填写，不能签发.*请在设置中填写"):
        signed(place, round_=str(FIRST), settings=SETTINGS)
    assert numbers(place) == []


def test_a_period_without_its_archive_is_not_signed(place: Workspace) -> None:
    shutil.rmtree(place.hidden / "packs")
    with pytest.raises(ToolkitError, match="缺失或已损坏"):
        signed(place)
    assert numbers(place) == []


def one_figure_other(document: Any) -> None:
    line = next(found for found in document.paragraphs if "2个问题" in found.text)
    line.runs[-1].text = line.runs[-1].text.replace("2个问题", "3个问题")


def one_sentence_less(document: Any) -> None:
    line = next(found for found in document.paragraphs if "欢迎" in found.text)
    line._p.getparent().remove(line._p)


def one_sentence_more(document: Any) -> None:
    document.paragraphs[5].insert_paragraph_before("另有999个问题。")


@pytest.mark.parametrize("change", [one_figure_other, one_sentence_less, one_sentence_more])
def test_a_final_paper_that_is_not_what_was_proved_is_not_signed(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None]
) -> None:
    write = write_final

    def wrong(source: Path, path: Path, *rest: Any) -> None:
        write(source, path, *rest)
        document = docx.Document(str(path))
        change(document)
        document.save(str(path))

    monkeypatch.setattr(signing_of, "write_final", wrong)
    with pytest.raises(ToolkitError, match="与已核对的文稿不一致，没有签发"):
        signed(place)
    assert numbers(place) == []
    assert not final(place).exists()
    assert [path.name for path in place.hidden.glob("*.docx")] == []


def test_a_state_that_a_newer_one_took_the_place_of_is_not_signed(
    made: Made, tmp_path: Path
) -> None:
    """The figures that differ are named, so that a person sees what was nearly signed."""
    place = made.two_rounds(tmp_path / "再")
    with Register.open(place.register_path) as register:
        code = register.states()[-1].code
    settings = replace(OFFICE, lights=replace(OFFICE.lights, soon_days=30))
    again(place, settings)
    with pytest.raises(UsageError, match=f"简码{code}之后同一期又运行过.*临期0→1"):
        signed(place, round_=code)
    signed(place)
    assert final(place).is_file()


def again(place: Workspace, settings: Settings) -> None:
    """The same week once more with other settings."""
    from tests.support.runs import run_round

    run_round(place, settings, SECOND, now=dt.datetime.combine(SECOND, dt.time(18)))


def test_the_subject_of_a_signed_paper_names_it_and_its_code() -> None:
    assert subject_of_signed(NOTICE, "7F3A-91C2") == "整改进展通报 定稿 简码7F3A-91C2"


def test_a_classified_period_has_no_public_edition_and_is_signed_without(
    made: Made, tmp_path: Path
) -> None:
    secret = replace(OFFICE, document=replace(OFFICE.document, secrecy="秘密★1年"))
    place = made.with_ledger(tmp_path / "区")
    run_round(place, secret, FIRST, now=dt.datetime.combine(FIRST, dt.time(17)))
    folder = place.outbox / str(FIRST)
    assert (folder / NOTICE).is_file()
    assert not (folder / PUBLIC).exists()
    assert [path.name for path in signed(place, round_=str(FIRST), settings=secret)] == [NOTICE]
