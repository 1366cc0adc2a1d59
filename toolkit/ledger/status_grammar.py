"""The grammar of statuses: words around 完成, 整改, 推进, 坚持 – 已基本完成, 尚未全部整改到位, 持续推进中.

Answers are codes: those of `toolkit.ledger.status.Status`, and beside them YES (是) and NOT_DONE (否, 未完成), which a second
word may make plainer (`否，正在整改`, `未完成（未启动）`).
"""

from __future__ import annotations

import re

NOT_STARTED, IN_PROGRESS, PHASED, DONE, STANDING = (
    "not_started",
    "in_progress",
    "phased",
    "done",
    "standing",
)
YES, NOT_DONE = "yes", "not_done"

_ABOUT = r"(?:目前|当前|现已|现|该|本|此|问题|任务|事项|措施|工作|项目|整改|均|都|全部|全面|总体|整体|已经|己经|已|己|巳|以)*"
_STILL = r"(?:目前|当前|现|仍|尚|还|暂|问题)*"
_END = r"(?:整改|任务|目标|工作|问题|落实|完成|办结|到位|完毕|了)*"
_KEEP = r"(?:坚持|推进|整改|深化|落实|巩固|抓好?|开展|推动|进行|整治|任务|工作)*"
_GOES_ON = r"(?:[，、]?(?:并|且|需|须|要|将)*(?:长期|持续|继续|常态化?)(?:坚持|推进|整改|深化|巩固|落实|抓好)*中?)?"
_GRAMMAR = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (rf"{_STILL}(?:未|没有?)(?:启动|开始|开展|整改|动工|实施|进行|着手|进场)(?:整改|工作|实施)*", NOT_STARTED),
        (r"待(?:整改|启动|开展|实施|办理)", NOT_STARTED),
        (rf"{_STILL}(?:未|没有?)(?:能|有)?(?:按时|按期|全部|完全|全面|彻底)*(?:完成|办结|整改|落实|解决|到位|销号){_END}", NOT_DONE),
        (rf"{_ABOUT}(?:基本|初步|大体|大致|主体|阶段性?)(?:上)?{_ABOUT}(?:完成|办结|落实|解决|整改|到位){_END}{_GOES_ON}", PHASED),
        (rf"{_ABOUT}(?:取得|形成|实现|有)?了?(?:一定的?|较好的?|明显的?|良好的?)?(?:阶段性?|初步)的?(?:成效|成果|进展|效果|目标|任务){_GOES_ON}", PHASED),
        (rf"{_ABOUT}(?:完成|办结|完毕|到位|(?:整改|落实|解决|办理|处理)(?:完成|完毕|到位|办结|了)|(?<=[已己巳])(?:整改|落实|解决)){_END}{_GOES_ON}", DONE),
        (rf"{_ABOUT}(?:正在|正|在|有序|加快|抓紧|积极|继续|按计划|按序时|按时序|稳步|全力|加紧|逐步|扎实)+(?:推进|整改|落实|办理|进行|实施|开展|处理|解决|推动|协调){_END}(?:之中|当中|过程中|中)?", IN_PROGRESS),
        (rf"{_ABOUT}(?:推进|整改|落实|办理|进行|实施|开展|处理|解决|推动){_END}(?:之中|当中|过程中|中)", IN_PROGRESS),
        (r"(?:目前|现)?(?:已经|已|刚)(?:启动|开始|着手|开展)(?:整改|工作|实施|办理|了)*", IN_PROGRESS),
        (rf"{_ABOUT}(?:需|须|要|应|将|列入|纳入|转入|作为)*(?:长期|持续|常态化?|长效)(?:性|地)?{_KEEP}(?:之中|当中|中)?", STANDING),
    )
)  # fmt: skip

# What two things said together mean; what is not here contradicts itself.
_TOGETHER = {
    frozenset(said): code
    for said, code in (
        ((YES,), DONE),
        ((YES, DONE), DONE),
        ((NOT_DONE,), IN_PROGRESS),
        ((NOT_DONE, IN_PROGRESS), IN_PROGRESS),
        ((NOT_DONE, STANDING), IN_PROGRESS),
        ((NOT_DONE, NOT_STARTED), NOT_STARTED),
        ((NOT_DONE, PHASED), PHASED),
        ((DONE, STANDING), DONE),
        ((YES, DONE, STANDING), DONE),
        ((PHASED, IN_PROGRESS), PHASED),
        ((PHASED, STANDING), PHASED),
        ((PHASED, IN_PROGRESS, STANDING), PHASED),
    )
}


def code_of(word: str) -> str | None:
    """What one word, without marks around it, means by the grammar; None where it means no status."""
    return next((code for pattern, code in _GRAMMAR if pattern.fullmatch(word)), None)


def together(codes: frozenset[str]) -> str | None:
    """The status that several clauses of one cell mean together; None where they contradict one another."""
    if len(codes) == 1 and not codes & {YES, NOT_DONE}:
        return next(iter(codes))
    return _TOGETHER.get(codes)


_CLAUSE = re.compile(
    r"[（(【\[]([^（）()【】\[\]]*)[）)】\]]|([^（）()【】\[\]，,；;。：:、/／\n]+)"
)
_LIMITS = re.compile(
    r"未|待|尚|除|部分|仅|只|没|不|缺|余|剩|暂|拟|差|基本|初步|阶段|将|预计|正在|继续|仍|还"
)


def clauses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a cell outside brackets, and the remarks inside them."""
    found = _CLAUSE.findall(text)
    return (
        tuple(word.strip() for _, word in found if word.strip()),
        tuple(remark.strip() for remark, _ in found if remark.strip()),
    )


def limits(remark: str) -> bool:
    """Whether a remark in brackets that is no status itself may take back what stands before it."""
    return _LIMITS.search(remark) is not None
