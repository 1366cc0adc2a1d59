"""Statuses by grammar: particles, ticks, boxes, remarks in brackets, two clauses, shares."""

from __future__ import annotations

import pytest

from tests.support.items import SETTINGS
from toolkit.ledger.boxes import read_boxes
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import Status, read_status

READ = {
    Status.DONE: (
        "√已完成 已完成√ ✅ ☑已完成 ■完成□未完成 （√）是（）否 是（已完成） １００％完成 完成率100% 已整改到位 问题已解决 整改工作已完成 "
        "已全部整改到位 整改完毕 已完成（附件3） 已完成（2026年5月） 已完成（长期坚持） 已经完成并长期坚持 是 已办理完毕"
    ),
    Status.PHASED: (
        "已基本完成 基本整改到位 已取得阶段性成果 取得初步成效 阶段性整改已完成 基本完成并持续推进 未完成，已取得阶段性成效 主体完成 "
        "已初步完成整改 基本完成（95%）"
    ),
    Status.IN_PROGRESS: (
        "否，正在整改 未完成（正在推进） 正在整改（80%） □已完成☑正在整改□未启动 □是☑否 （）已完成（√）正在整改 已完成☐正在整改☑未启动☐ "
        "尚未全部整改到位 没有完成 正在抓紧推进中 已启动整改 整改进度80% 已完成80% 未完成，长期坚持 继续整改 办理之中"
    ),
    Status.NOT_STARTED: "未完成（未启动） 否（未启动） 尚未开展整改 还没有启动 待启动 □已完成□正在整改☑未启动",
    Status.STANDING: "持续推进中 需长期坚持 常态化推进中 已列入长期整改 持续抓好落实 □已完成☑长期坚持",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "status"),
    [(word, status) for status, words in READ.items() for word in words.split()],
)
def test_statuses(written: str, status: Status) -> None:
    assert read_status(written) is status


@pytest.mark.parametrize(
    "written",
    [
        "是，正在整改", "已完成（80%）", "已完成（尚未验收）", "已完成（部分）", "基本完成，正在收尾", "正在整改，长期坚持", "×已完成", "整改", "落实",
        "推进", "大部分完成", "即将完成", "已修订办法", "已销号", "8 0%", "80\n%", "120%", "同意", "3月12日召开会议",
    ],
)  # fmt: skip
def test_what_could_mean_two_things_or_none_is_asked_back(written: str) -> None:
    assert isinstance(read_status(written), Unreadable)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("□已完成 □正在整改", "没有一个方框打勾"),
        ("☑已完成 ☑正在整改 □未启动", "打勾的有“已完成”、“正在整改”"),
        ("□甲类 ☑乙类", "打勾的有“乙类”"),
    ],
)
def test_a_form_that_cannot_be_read_is_shown_with_what_is_ticked(written: str, words: str) -> None:
    read = read_status(written)
    assert isinstance(read, Unreadable)
    assert words in read.why


def test_boxes_stand_before_or_behind_their_words() -> None:
    before, behind = read_boxes("☑甲 □乙"), read_boxes("甲□ 乙☑")
    assert before is not None
    assert behind is not None
    assert (before.ticked, before.empty) == (("甲",), ("乙",))
    assert (behind.ticked, behind.empty) == (("乙",), ("甲",))
    assert read_boxes("已完成") is None


def test_a_ticked_word_of_the_office_is_its_status() -> None:
    from dataclasses import replace

    from toolkit.settings.sections import Words

    office = replace(SETTINGS, words=Words(in_progress="序时推进"))
    assert read_cell(BY_CODE["status"], "□已完成 ☑序时推进", office.context) is Status.IN_PROGRESS
