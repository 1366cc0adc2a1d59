"""The last look before papers leave: what must not be told stops that paper, with the place, and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.states import state_of
from toolkit.gongwen.template import Templates
from toolkit.ledger.entry import Entry
from toolkit.papers.paper import files_of, write_paper
from toolkit.public import PublicText
from toolkit.run.leaks import Stopped, stop_leaks
from toolkit.run.templates import create_workspace
from toolkit.state import State

NOTICES = {
    "整改进展通报.docx", "整改进展通报（党内稿）.docx", "整改进展通报（公开稿）.docx", "整改进展通报（审阅稿）.docx",
}  # fmt: skip
PUBLIC = "整改进展通报（公开稿）.docx"
OFFICE = replace(
    SETTINGS, document=replace(SETTINGS.document, phone="13800138000", email="a@b.gov.cn")
)


def entry(progress: str, owner: str = "赵六") -> Entry:
    return replace(ENTRY, item=replace(ENTRY.item, progress=progress, owner=owner))


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_workspace(tmp_path_factory.mktemp("模板") / "区", OFFICE).templates


def stopped(state: State, templates: Path, folder: Path) -> dict[str, str]:
    """What is stopped when all papers of a state are written; what is not stopped is there."""
    for file in files_of(state):
        write_paper(file, state, Templates(templates), folder)
    found = {paper.paper: paper.why for paper in stop_leaks(state, folder)}
    for file in files_of(state):
        assert (folder / file.path).is_file() == (file.path not in found)
    return found


def test_a_clean_state_is_let_through(templates: Path, tmp_path: Path) -> None:
    state = state_of([entry("6月3日修订《甲办法》，约谈3人。")], OFFICE)
    assert stopped(state, templates, tmp_path) == {}


@pytest.mark.parametrize(
    ("secret", "word", "shown"),
    [("110101199003070011", "身份证号码", "“11…”"), ("6222021234567890128", "银行卡号", "“62…”")],
)
def test_an_identity_or_card_number_stops_every_paper_that_tells_it(
    templates: Path, tmp_path: Path, secret: str, word: str, shown: str
) -> None:
    """The public edition is masked already; the others are stopped, and the secret itself is cut short."""
    found = stopped(state_of([entry(f"约谈张某（{secret}）。")], OFFICE), templates, tmp_path)
    assert set(found) == NOTICES - {PUBLIC}
    for why in found.values():
        assert word in why
        assert shown in why
        assert secret not in why
        assert why.startswith("第")


def unmasked(state: State) -> State:
    """The same with a public edition from which nothing was taken out."""
    return replace(state, public=PublicText(state.entries))


@pytest.mark.parametrize(
    ("progress", "word"),
    [
        ("赵六到场2次。", "个人姓名"),
        ("约谈恒远建设有限公司。", "企业名称"),
        ("请联系0769-22890000。", "电话号码"),
        ("请联系13911112222。", "电话号码"),
        ("寄至c@d.com。", "电子邮箱"),
        ("对举报人反映的情况开展初核。", "举报、线索内容"),
    ],
)
def test_what_the_public_must_not_read_stops_the_public_edition_alone(
    templates: Path, tmp_path: Path, progress: str, word: str
) -> None:
    found = stopped(unmasked(state_of([entry(progress)], OFFICE)), templates, tmp_path)
    assert set(found) == {PUBLIC}
    assert word in found[PUBLIC]


def test_the_office_s_own_telephone_and_address_are_published(
    templates: Path, tmp_path: Path
) -> None:
    told = entry("请拨打13800138000，或来信a@b.gov.cn。")
    assert stopped(unmasked(state_of([told], OFFICE)), templates, tmp_path) == {}
    others = replace(OFFICE, document=replace(OFFICE.document, phone="", email=""))
    found = stopped(unmasked(state_of([told], others)), templates, tmp_path)
    assert set(found) == {PUBLIC}


def test_of_many_places_three_are_named_and_all_counted(templates: Path, tmp_path: Path) -> None:
    numbers = "、".join(["110101199003070011"] * 5)
    found = stopped(state_of([entry(f"涉及{numbers}。")], OFFICE), templates, tmp_path)
    why = found["整改进展通报.docx"]
    assert why.count("身份证号码") == 3
    assert why.endswith("等5处")


def test_stopped_papers_are_told_in_the_order_of_their_names(
    templates: Path, tmp_path: Path
) -> None:
    state = state_of([entry("约谈110101199003070011。")], OFFICE)
    for file in files_of(state):
        write_paper(file, state, Templates(templates), tmp_path)
    names = [paper.paper for paper in stop_leaks(state, tmp_path)]
    assert names == sorted(names)
    assert Stopped("甲", "乙") == Stopped("甲", "乙")
