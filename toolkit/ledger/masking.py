"""What a text must not tell the public, and the text without it: numbers, people, enterprises, clues. Pure.

Who is known by name (owners, liaisons, leaders if the office wants) and which bodies may be named are told by the
caller; whoever else stands beside a word such as 当事人, and whatever else is called a company, is masked too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.ledger import private_words
from toolkit.ledger.joining import gap
from toolkit.ledger.private_words import HIDDEN_NUMBER, half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NUMBER = re.compile(r"(?<![\dA-Za-z.])\d[\d -]{9,22}[\dXx](?![\dA-Za-z])")
MOBILE = re.compile(r"1[3-9]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity_number(text: str) -> bool:
    """Whether 18 characters are a citizen's identity number (GB 11643: birth date and check digit)."""
    if len(text) != 18 or not text[:17].isdecimal():
        return False
    if not (
        "1900" <= text[6:10] <= "2099"
        and "01" <= text[10:12] <= "12"
        and "01" <= text[12:14] <= "31"
    ):
        return False
    check = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[check] == text[17].upper()


def is_card_number(text: str) -> bool:
    """Whether 16 to 19 digits pass the Luhn check of payment cards (ISO/IEC 7812) and begin as Chinese cards do."""
    if not (16 <= len(text) <= 19 and text.isdecimal() and text[0] in "3456"):
        return False
    digits = [int(digit) for digit in reversed(text)]
    return (
        sum(digits[0::2]) % 10
        == (10 - sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2]) % 10) % 10
    )


class Secret(StrEnum):
    """What is kept from the public."""

    IDENTITY = "identity"
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"
    COMPANY = "company"
    CLUE = "clue"
    NUMBER = "number"
    ADDRESS = "address"
    LISTED = "listed"

    @property
    def word(self) -> str:
        """身份证号码, 银行卡号, …"""
        return _WORDS[self]


_WORDS = {
    Secret.IDENTITY: "身份证号码", Secret.CARD: "银行卡号", Secret.PHONE: "电话号码", Secret.EMAIL: "电子邮箱", Secret.PERSON: "个人姓名",
    Secret.COMPANY: "企业名称", Secret.CLUE: "举报、线索内容", Secret.NUMBER: "证照、账号、车牌等号码", Secret.ADDRESS: "详细地址", Secret.LISTED: "设置中要隐去的词",
}  # fmt: skip
_LANDLINE = re.compile(r"(?<![\d-])(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}-)\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_CLUE = re.compile(
    r"举报人|信访人|检举|匿名举报|实名举报|问题线索|初步核实|初核|立案(?:审查|调查|侦查)|留置|移送(?:司法|检察|公安)"
    r"|涉嫌|涉案|行贿|受贿|贪污|职务犯罪|职务侵占|挪用公款|谈话函询|审查调查|刑事拘留|批准逮捕|取保候审|判处|开除党籍|(?:来信|来电|来访|信访|匿名信|群众)反映[^，。；]{0,8}(?:套取|侵占|贪|受贿|挪用|违纪|违法|勾结|收受|优亲)"
    r"|(?:根据|收到|接到)[^，。；]{0,8}(?:举报|检举|控告|匿名信)|不得公开|不予公开|内部掌握|内部资料|(?:绝密|机密|秘密)(?:级|★)|案件线索|线索来源"
)
CLUE_WITHHELD = "（涉及信访举报和线索处置的内容，按规定不公开。）"
_WITHHELD = re.compile(rf"(?:{re.escape(CLUE_WITHHELD)})+")
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]?")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史"
    "陶贺顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
)
_BESIDE = "当事人|举报人|信访人|反映人|经办人|法定代表人|法人代表|实际控制人|村民|职工|业主|商户|干部|党员|申请人|投诉人|被谈话人"
_UNKNOWN_PERSON = re.compile(
    rf"(?:{_BESIDE})(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=[，。；、（(）)的等进在已被因于向为及和与反提自未]|$)"
)
_TITLED_PERSON = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=同志|先生|女士|（?1[3-9]\d)"
)
_COMPANY_TAIL = "有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|分公司|公司|合作社|工程队|施工队|事务所|研究院|商行|加工厂|工厂|酒店|经营部|门市部|健康园"
_TAIL = re.compile(_COMPANY_TAIL)
_COMPANY = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?)(?P<tail>{_COMPANY_TAIL})"
)
# Words before which a name begins: what stands before them belongs to the sentence.
_BEFORE_NAME = re.compile(
    r".*(?:与|和|及|向|对|由|将|把|从|在|为|经|请|被|给|让|使|关于|其中|督促|约谈|要求|责成|查处|协调|指导|支付|拖欠|追缴|清退|委托|聘请|处罚|收回|引进"
    r"|联合|走访|完善|规范|加强|健全|强化|推动|制定|修订|提高|优化|参与|负责|检查|核查|落实|建立|开展|选派|印发|成立|组建|设立|代管|服务|支持|帮助|包括|涉及|收购|注销|关停|整改|的|是|有|等|家|个|名|户|了|至|到|该|各|某|本|原|属|下)"
)
_COMMON = frozenset(
    {
        "",
        "国有",
        "民营",
        "建筑",
        "物业",
        "运营",
        "开发",
        "企业",
        "项目",
        "管理",
        "平台",
        "投资",
        "第三方",
        "相关",
        "上市",
        "设计",
        "施工",
        "监理",
        "保洁",
        "园林",
    }
)


# Kinds of enterprise rather than names, whatever stands before them.
_KINDS = ("律师", "会计师", "税务师", "第三方", "主体", "国有")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its secrets, and how many of each kind it held."""

    text: str
    found: Counter[Secret]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names to be found in texts by their last character: a text costs the same however many names there are.

    One pattern a name is compiled anew for every text as soon as there are more than Python keeps (512).
    """

    names: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    last: re.Pattern[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Lexicon:
        """The lexicon of these names; an empty one is no name."""
        kept = frozenset(names) - {""}
        lengths: dict[str, set[int]] = {}
        for name in kept:
            lengths.setdefault(name[-1], set()).add(len(name))
        characters = "".join(map(re.escape, lengths))
        last = re.compile(f"[{characters}]" if characters else r"(?!)")
        return cls(kept, {end: tuple(sorted(own)) for end, own in lengths.items()}, last)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of every name that stands in the text, whatever else stands there too."""
        for found in self.last.finditer(text):
            end = found.end()
            for length in self.lengths[found[0]]:
                if length <= end and text[end - length : end] in self.names:
                    yield end - length, end


def _apart(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places that do not overlap, from the left; of those that begin together the longest."""
    free = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= free:
            yield start, end
            free = end


@dataclass(frozen=True)
class Masker:
    """Masks texts: `people` are known names, `bodies` names that may stand (organisations that the papers speak of).

    What the office lists comes first: `hidden` words never stand, `kept` ones always do.
    """

    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = field(default_factory=frozenset)
    hidden: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    @cached_property
    def _known(self) -> Lexicon:
        return Lexicon.of(name for name in self.people if len(name) > 1)

    @cached_property
    def _standing(self) -> Lexicon:
        return Lexicon.of(self.bodies | self.kept)

    @cached_property
    def _hidden(self) -> Lexicon:
        return Lexicon.of(self.hidden)

    def mask(self, text: str) -> Masked:
        """The text as the public may read it."""
        found: Counter[Secret] = Counter()
        text = self._without_clues(text, found)
        for secret, start, end, instead in sorted(
            self._secrets(text), key=lambda one: one[1], reverse=True
        ):
            found[secret] += 1
            text = _replaced(text, start, end, instead)
        return Masked(text, found)

    def leaks(self, text: str) -> tuple[tuple[Secret, str], ...]:
        """What a text that is meant for the public still tells."""
        told = [(secret, text[start:end]) for secret, start, end, _ in self._secrets(text)]
        clue = _CLUE.search(text.replace(CLUE_WITHHELD, ""))
        return (*told, *([(Secret.CLUE, clue[0])] if clue else []))

    def _without_clues(self, text: str, found: Counter[Secret]) -> str:
        if not _CLUE.search(text):
            return _WITHHELD.sub(CLUE_WITHHELD, text)

        def judged(sentence: re.Match[str]) -> str:
            if not _CLUE.search(sentence[0]):
                return sentence[0]
            found[Secret.CLUE] += 1
            return CLUE_WITHHELD

        return _WITHHELD.sub(CLUE_WITHHELD, _SENTENCE.sub(judged, text))

    def _secrets(self, text: str) -> Iterator[tuple[Secret, int, int, str]]:
        """(kind, start, end, what stands instead), none inside another, none inside what the office lists as kept."""
        taken: list[tuple[int, int]] = []
        kept = [place for place in self._standing.places(text) if text[slice(*place)] in self.kept]
        listed = ((Secret.LISTED, *place, "某某") for place in _apart(self._hidden.places(text)))
        for secret, start, end, instead in (
            *listed,
            *sorted(_every_number(text), key=lambda found: found[1] - found[2]),
            *((Secret.ADDRESS, *place) for place in private_words.addresses(text)),
            *self._bodies(text),
            *self._persons(text),
        ):
            stands = secret is not Secret.LISTED and any(
                (a <= start and end <= b) or (start <= a and b <= end and b - a >= _LEAST_KEPT)
                for a, b in kept
            )
            if not stands and all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield secret, start, end, instead

    def _persons(self, text: str) -> Iterator[tuple[Secret, int, int, str]]:
        known = _apart(self._known.places(text))
        unknown = (
            match.span("name")
            for pattern in (_UNKNOWN_PERSON, _TITLED_PERSON)
            for match in pattern.finditer(text)
        )
        for start, end in (*known, *unknown):
            if "某" not in text[start:end]:
                yield Secret.PERSON, start, end, f"{text[start]}某"
        allowed = tuple(self._standing.places(text))
        for start, end, instead in private_words.persons(text):
            if "某" not in text[start:end] and not any(a < end and start < b for a, b in allowed):
                yield Secret.PERSON, start, end, instead

    def _bodies(self, text: str) -> Iterator[tuple[Secret, int, int, str]]:
        allowed = tuple(self._standing.places(text))
        for start, end, instead in private_words.bodies(text):
            if not any(a < end and start < b for a, b in allowed):
                yield Secret.COMPANY, start, end, instead
        if not _TAIL.search(text):
            return
        for match in _COMPANY.finditer(text):
            before = _BEFORE_NAME.match(match["name"])
            start = match.start() + (before.end() if before else 0)
            name = text[start : match.end("name")].strip("（）()")
            inside = any(a < match.end() <= b for a, b in allowed)
            if inside or name in _COMMON or name.endswith(_KINDS) or "某" in name or len(name) < 2:
                continue
            tail = "公司" if match["tail"].endswith("公司") else match["tail"]
            yield Secret.COMPANY, start, match.end(), f"某{tail}"


# A shorter word of the office's own list keeps only itself, not what it stands in: 1 is no telephone number.
_LEAST_KEPT = 3
_OPENED, _CLOSED = re.compile(r"[（(][、，, ]*$"), re.compile(r"[、，, ]*[）)]")


def _replaced(text: str, start: int, end: int, instead: str) -> str:
    """The text with something else in this place; taken out, it takes its brackets along and joins no figures."""
    before, after = text[:start], text[end:]
    if instead == HIDDEN_NUMBER:
        opened, closed = _OPENED.search(before), _CLOSED.match(after)
        if opened and closed:
            before, after = before[: opened.start()], after[closed.end() :]
        elif closed:
            before = before.rstrip("、，, ")
        if closed:
            instead = gap(before, after) if before and after else ""
    return before + instead + after


# What is called an identity number or an account is one, whatever its check digit says.
_BETWEEN = r"(?:的?(?:号码|号|编号|账号))*\s*(?:为|是|系)?\s*[:：（(]?\s*"
_LABELLED = (
    (Secret.IDENTITY, re.compile(rf"(?:身份证|身份证件|证件|公民身份|身份)(?:号码|号){_BETWEEN}(?P<number>\d(?:[ -]?\d){{13,17}}[\dXx])(?![\dA-Za-z])")),
    (Secret.IDENTITY, re.compile(rf"身份证(?:件)?{_BETWEEN}(?P<number>\d(?:[ -]?\d){{13,17}}[\dXx])(?![\dA-Za-z])")),
    (Secret.CARD, re.compile(rf"(?:卡号|[账帐]号|[账帐]户|银行卡|存折|一卡通|借记卡|信用卡){_BETWEEN}(?P<number>\d(?:[ -]?\d){{11,20}})(?![\dA-Za-z.])")),
)  # fmt: skip


def numbers(text: str) -> Iterator[tuple[Secret, int, int, str]]:
    """Numbers of people: identity, card, telephone, electronic mail; each place once."""
    end = 0
    for secret, start, stop in sorted(_numbers(text), key=lambda found: (found[1], -found[2])):
        if start >= end:
            yield secret, start, stop, ""
            end = stop


def _every_number(text: str) -> Iterator[tuple[Secret, int, int, str]]:
    """Also those of accounts, plates, codes; what is known for what it is comes first."""
    for secret, start, end, _ in numbers(half_width(text)):
        yield secret, start, end, HIDDEN_NUMBER
    for place in private_words.numbers_of_people(text):
        yield Secret.NUMBER, *place


_GROUP = re.compile(r"\d+[Xx]?")
# How a mobile number is cut when it is said or typed: 138 0013 8000; other cuts are several figures in a row.
_MOBILE_CUTS = ((11,), (3, 4, 4), (3, 8), (4, 3, 4), (5, 6))


def _grouped(text: str, groups: list[tuple[int, int]]) -> Iterator[tuple[Secret, int, int]]:
    """The numbers of people in groups of digits that stand in a row: the longest first, then what is left beside it.

    `共8 13800138000` holds a count and a telephone number.
    """
    runs = [
        (first, last)
        for count in range(len(groups), 0, -1)
        for first in range(len(groups) - count + 1)
        for last in [first + count]
    ]
    for first, last in runs:
        if kind := _kind_of([text[start:end] for start, end in groups[first:last]]):
            yield from _grouped(text, groups[:first])
            yield kind, groups[first][0], groups[last - 1][1]
            yield from _grouped(text, groups[last:])
            return


def _kind_of(groups: list[str]) -> Secret | None:
    """What a number written in these groups is, if it is one of a person."""
    digits = "".join(groups)
    if is_identity_number(digits):
        return Secret.IDENTITY
    if is_card_number(digits):
        return Secret.CARD
    is_mobile = MOBILE.fullmatch(digits) and tuple(map(len, groups)) in _MOBILE_CUTS
    return Secret.PHONE if is_mobile else None


# No number of a person has fewer figures: one look saves the others.
_LONG = re.compile(r"\d(?:[ -]?\d){10}")


def _numbers(text: str) -> Iterator[tuple[Secret, int, int]]:
    for secret, label in _LABELLED if _LONG.search(text) else ():
        yield from ((secret, *match.span("number")) for match in label.finditer(text))
    for match in NUMBER.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *match.span())]
        yield from _grouped(text, groups)
    for pattern, secret in ((_LANDLINE, Secret.PHONE), (_EMAIL, Secret.EMAIL)):
        yield from ((secret, *match.span()) for match in pattern.finditer(text))
