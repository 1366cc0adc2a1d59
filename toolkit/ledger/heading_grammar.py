"""Headings as a grammar: what is done × what is said of it, whatever an office's own words for both are.

A list of synonyms never ends: offices write 化解时限, 包抓领导, 责任股室（单位）, 2、未整改到位原因（必填）. Each rule below is a
shape of such headings; it gives a spelling that the table of columns knows, so that what is decided about that
spelling later (责任单位 beside 牵头单位, 完成时间 beside 整改时限) is decided about all of its shape. A heading matches as
a whole or not at all: a word that no rule knows (验收, 应急, 已…金额) makes it a heading of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from toolkit.ledger.text import clean, plain_heading

# What is done about a problem, and what a heading may say that it is about.
_VERB = "(?:整改|整治|办理|化解|治理|处置|落实|推进|解决)"
_ABOUT = "(?:巡察|巡视|审计|督察|督查|环保|反馈|发现|安全|问题|隐患|事项|任务|信访件?|案件|风险|重点|本项|该|各单位|本单位)"
_DONE_WITH = f"(?:{_ABOUT}{{0,3}}的?{_VERB}{{1,2}})"
_WORK = "(?:具体|主要|重点|细化|工作|详细)?"
_END = "(?:完成|办结|办毕|销号|到位|整改到位|解决|化解)"
_UNIT = (
    "(?:单位|部门|科室|股室|处室|科处室|镇街|乡镇|镇办|街镇|街道|镇（街）|学院|院系|系部|支部|党支部|党组织|党委|党组|机构|"
    "企业|公司|站所|局办|县区|县市区|区县|市县|分局|板块|主体)"
)
_AND = "(?:及其?|和|与|、|/|或)"
_UNITS = f"{_UNIT}(?:{_AND}?{_UNIT})?"
_LEVEL = "(?:省|市|州|县|区|旗|镇|乡|街道|乡镇|校|院|局|厅|委|所|行|处|司|党委|党组|党政|班子)?(?:级|委)?"
_TITLE = "(?:校长|院长|局长|区长|县长|市长|镇长|主任|书记|处长|科长|总经理|厂长|行长)"
_PERSON = "(?:责任人|经办人|承办人|负责人)员?"
_DAY = "(?:时间|日期|日)"
_LIMIT = "(?:时限|期限|截止时间|截止日期|截止日|时间节点|限期)"
_PLANNED = "(?:计划|拟定?|预计|预期|要求|规定|应当?|限定|目标)"
_RESULT = "(?:成效|效果|成果|结果|实效)"
_HARD = "(?:困难|难点|问题|堵点|障碍)"
_NEWS = "(?:进展情况|进展|推进情况|开展情况|完成情况|落实情况|情况|动态)"

# The spelling that each shape stands for. The first that fits wins.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("问题编号", "(?:问题|隐患|缺陷|事项|任务|清单|台账|督办|信访件|线索)(?:编号|序号|编码)"),
    ("问题来源", "(?:问题|隐患|任务|事项|线索|整改任务|督办事项)来源"),
    ("问题类别", "问题(?:所属)?(?:类型|大类|类别|分类|方面|领域)|所属(?:方面|类别)|一级(?:问题|分类)"),
    ("二级问题", "(?:二级|二层)(?:问题|分类)"),
    (
        "问题描述",
        ("(?:(?:巡察|巡视|审计|督察|督查|检查|排查|自查|专项检查)(?:组|机关|部门)?)?(?:查出|发现|反馈|指出|揭示|查找|查摆|移交)(?:的|出的)?"
        "(?:主要|具体|突出|安全)?(?:问题|隐患)(?:的?(?:描述|内容|表现|摘要|概述|简述|清单|情况))?|"
        "(?:具体|突出|主要)?(?:存在的?|涉及的?)(?:主要|具体|突出|安全)(?:问题|隐患)|"
        "(?:问题|隐患|缺陷|不足|具体问题|安全隐患|问题隐患)的?(?:具体|主要|基本)?(?:描述|内容|表现|摘要|概述|简述|情况|情形|概况|详情)(?:描述|说明)?|"
        "(?:三级|三层|末级)问题|安全隐患|问题隐患|隐患问题|存在(?:的)?隐患|违法违规问题|"
        "(?:违规|违纪|违法|违规违纪|失职|失责|重点|典型|共性|个性|历史遗留|遗留|疑点|质量|作风|廉政|纪律|执法|财务|信访|督察|审计|巡察|巡视|检查|督查|反映|涉嫌)(?:的)?"
        "(?:主要|具体|突出)?问题"),
    ),
    (
        "原因分析",
        "(?:问题|隐患)?(?:产生|形成|存在|发生)?问?题?的?(?:主要|根本|深层次|深层)?(?:原因|成因|根源)(?:分析|剖析|查找)?(?:及剖析)?",
    ),
    (
        "整改目标",
        (f"{_DONE_WITH}(?:工作|预期|总体|具体)?目标(?:要求|任务)?|(?:整改|整治)(?:工作)?(?:达到的)?标准(?:要求)?|"
        f"(?:整改|整治){_AND}?(?:目标|要求|标准){_AND}(?:目标|要求|标准)|(?:整改|整治)(?:目标|要求|标准){_AND}(?:目标|要求|标准)|"
        "(?:工作|预期|预计|拟达到的?|应达到的?)(?:目标|整改效果|整改目标)"),
    ),
    (
        "整改措施",
        (f"(?:拟采取|采取|应采取)?的?{_WORK}{_DONE_WITH}?{_WORK}(?:措施|举措|对策)(?:内容)?|"
        f"{_DONE_WITH}{_WORK}(?:办法|做法)|(?:整改|整治)(?:任务|要求|方案){_AND}(?:措施|举措)|处理措施"),
    ),
    (
        "下一步措施",
        (f"(?:下一?步|下阶段|后续|下一阶段)的?{_DONE_WITH}?(?:工作)?(?:具体|主要)?(?:整改)?(?:措施|计划|打算|安排|工作|举措|思路)"
        f"(?:{_AND}(?:措施|计划|打算|安排|举措|思路))?"),
    ),
    (
        "未完成原因",
        (f"(?:尚|仍|暂)?未(?:能)?(?:按期|按时|如期)?{_VERB}?{_END}?{_VERB}?(?:到位)?的?(?:主要|具体)?(?:原因|理由)(?:说明|分析)?|"
        "(?:逾期|超期|滞后|进展缓慢|推进缓慢|进度滞后)(?:未完成)?的?(?:原因|理由)(?:说明|分析)?|"
        f"(?:{_DONE_WITH}(?:工作)?(?:过程)?中?|工作中?|目前|当前)?(?:存在|遇到|面临)的?(?:主要|实际)?"
        "(?:困难|难点|堵点|障碍)|"
        f"(?:{_DONE_WITH}(?:工作)?(?:过程)?中?|目前|当前)?(?:存在|遇到|面临)的?(?:主要|实际)?"
        f"(?:{_HARD}{_AND}?困难|困难{_AND}?{_HARD})(?:说明|情况)?|{_DONE_WITH}(?:困难|难点)(?:{_AND}{_HARD})?"),
    ),
    (
        "取得成效",
        f"(?:{_DONE_WITH}|工作|阶段性?|目前)?的?(?:取得|主要|工作|阶段性?)?的?(?:成效|效果|成果|实效)|{_DONE_WITH}{_RESULT}",
    ),
    ("整改进度", f"(?:{_DONE_WITH}|工作|目前|当前|完成){{1,2}}进度"),
    (
        "进展情况",
        (f"(?:目前|当前|最新|截至目前|本期|现阶段)?(?:{_DONE_WITH}|工作)(?:工作)?(?:的)?(?:最新|目前|当前|具体|阶段性?)?{_NEWS}"
        f"(?:{_AND}(?:{_DONE_WITH}|取得的?|工作)?的?{_RESULT})?(?:说明|描述)?|"
        f"(?:目前|当前|最新|截至目前|本期|现阶段|具体|阶段性?)(?:进展|推进|完成|落实|办理)(?:情况)?(?:{_AND}(?:取得的?)?{_RESULT})?|"
        f"(?:进展|推进|完成|落实|办理)(?:情况)?{_AND}(?:取得的?|工作)?{_RESULT}|"
        f"{_DONE_WITH}?(?:措施|任务)(?:的)?(?:落实|完成|推进|执行)(?:进展)?情况|推进情况|办理情况|进展情况说明"),
    ),
    (
        "整改状态",
        (f"(?:目前|当前|最新)?(?:{_DONE_WITH}|完成|进展|办结|任务)(?:的)?(?:目前|当前|完成|进展|进度)?状态|"
        f"是否已?(?:全部)?(?:{_VERB}|{_END}){{1,2}}|{_DONE_WITH}是否(?:已|全部)?{_END}|(?:问题|隐患)是否(?:已|全部)?(?:整改|解决|{_END})|"
        f"(?:完成|整改|办结|销号)与否|(?:问题|隐患)状态"),
    ),
    (
        "整改时限",
        (f"(?:{_DONE_WITH}|任务|工作)?{_WORK}(?:完成|办结|销号|到位)?的?(?:最后|最终|计划|规定|要求)?{_LIMIT}(?:要求)?|"
        f"{_PLANNED}的?{_DONE_WITH}?(?:{_END}|整改)(?:整改)?的?(?:{_DAY}|时限|期限|节点)|"
        f"{_DONE_WITH}{_PLANNED}{_END}?(?:{_DAY}|时限|期限)|{_DONE_WITH}{_PLANNED}(?:{_DAY}|时限|期限)|"
        f"{_PLANNED}(?:整改|整治)(?:时间|日期)|完成节点|整改节点"),
    ),
    (
        "实际完成时间",
        (f"实际的?{_DONE_WITH}?{_END}(?:整改)?的?{_DAY}|{_DONE_WITH}?实际{_END}的?{_DAY}|{_DONE_WITH}?(?:办结|销号|办毕)的?{_DAY}|"
        f"已{_DONE_WITH}?{_END}的?{_DAY}"),
    ),
    ("完成时间", f"{_DONE_WITH}(?:完成|到位)的?{_DAY}|(?:任务|工作)完成的?{_DAY}|整改时间|完成整改的?{_DAY}"),
    (
        "建章立制",
        ("(?:新建|建立|制定|修订|出台|完善|健全|新建修订|建立健全|建立完善|制定修订|制定完善|制定出台|修订完善)"
        "(?:、|或|和|及|/)?(?:修订|完善|健全|出台)?的?(?:相关)?(?:制度|规章制度|制度机制|制度文件)(?:名称|情况|清单|文件)?|"
        "建章立制(?:情况|成果|名称)|(?:制度|机制)建设(?:情况|成果)|(?:制度|制度机制)成果"),
    ),
    (
        "佐证材料",
        (f"{_DONE_WITH}?(?:完成)?的?(?:相关)?(?:佐证|印证|证明|支撑|支撑性|验证|举证|备查)(?:性)?(?:材料|资料|文件|附件)"
        "(?:清单|目录|名称|编号|附件|索引)?"),
    ),
    ("追缴资金", "(?:追缴|清退|退缴|收缴|上缴|追回)(?:、|和|及)?(?:追缴|清退|退缴|收缴|上缴|退赔)?(?:的)?(?:资金|金额|款项|财政资金)(?:数额|金额)?"),
    ("整改类型", f"{_DONE_WITH}(?:时限|期限)(?:类型|类别)"),
    (
        "牵头部门",
        f"{_DONE_WITH}?(?:牵头|主办|主责|主要责任|主体责任|牵头责任|主要牵头|总牵头)(?:{_DONE_WITH})?{_UNITS}",
    ),
    (
        "配合部门",
        f"{_DONE_WITH}?(?:配合|协办|协同|参与|会办|协作|协助|共同|联合)(?:责任|{_DONE_WITH})?{_UNITS}",
    ),
    (
        "责任部门",
        (f"(?:被(?:巡察|巡视|审计|督察)(?:单位|党组织)/)?(?:具体|直接|主要)?{_DONE_WITH}?(?:具体|直接)?(?:责任|承办|负责){_UNITS}|"
        f"(?:整改|整治|治理|落实){_UNITS}|被(?:巡察|巡视|审计|督察)(?:单位|部门|党组织)"),
    ),
    (
        "牵头领导",
        (f"(?:{_LEVEL}(?<=级))?{_DONE_WITH}?(?:牵头|责任|包案|包抓|包保|领办|分管|挂帅|领衔|主抓|主责|包联|包干|牵头负责|分管联系)(?:{_DONE_WITH}|的)?"
        f"{_LEVEL}领导(?:干部|班子成员|同志)?(?:姓名)?|(?:牵头|责任|分管|包案|包抓|包保)(?:的)?副?{_TITLE}|(?:责任|牵头|分管)班子成员"),
    ),
    (
        "责任人及联系方式",
        f"{_DONE_WITH}?(?:具体|直接)?{_PERSON}(?:{_AND})(?:联系)?(?:电话|方式|联系方式|手机号?码?)",
    ),
    (
        "具体责任人",
        (f"(?:{_DONE_WITH}|具体|直接|科室|股室|部门|单位|现场){{0,2}}(?:责任人|经办人|承办人)员?|(?:{_DONE_WITH}|具体|直接)负责人员?|"
        f"(?:{_DONE_WITH})(?:联系人|联络员|联络人)|负责人|(?:具体|直接)办理人"),
    ),
    ("备注", "备注(?:栏|信息|情况|事项)|(?:其他|其它|另|需要?)(?:需要?)?说明的?(?:事项|情况|问题)?|其[他它]事项说明"),
)  # fmt: skip
_COMPILED = tuple((spelling, re.compile(shape)) for spelling, shape in _SHAPES)

# Brackets that only tell how to fill in, and those that say another word for the same noun.
_HINTS = re.compile(
    r"(?:截至|截止|至|到)?(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬)?|(?:截至|截止)(?:目前|本期|当前|填报日)|"
    r"必填项?|选填|可选|单选|多选|下拉选择|请?从?下拉(?:列表|框)?(?:中)?选择|请?选择|请?填写.*|填.*|"
    r"(?:限|不超过|控制在|约)?\d+字(?:以内|左右|内)?|.*字(?:以内|左右)|"
    r"(?:单位:)?(?:人民币)?[亿万千百]?元|%|百分比|年/月/日|年月日|精确到[年月日]|(?:具体|明确)?到[年月日人]|(?:写|注)明.*|"
    r"格式:?.*|如:?.*|例:?.*|示例.*|由.*(?:填写|填报|负责)|.*[/、].*(?:[/、].*)+|是/否|姓名|姓名及职务|姓名、?职务|职务|全称|简称|"
    r"简要|简述|详细|概述|具体|可另附页?|可附页|附件|参照.*|参考.*|见.*|同上.*|略|打[√✓勾]|[√✓]|新增|第[一二三四五六七八九十\d]+[级层]"
)
_SAME_NOUNS = re.compile(_UNITS)
_ONE_UNIT_NOUN = re.compile(f"{_UNIT}$")
_BRACKETS = re.compile(r"[(\[【〔<]([^()\[\]【】〔〕<>]*)[)\]】〕>]")
_NUMBER = re.compile(
    r"(?:\(\d{1,2}\)|\d{1,2}[.、)．]|[一二三四五六七八九十]{1,2}[、.．]|\([一二三四五六七八九十]{1,2}\)|[A-Za-z][.、])"
)
_BARE_NUMBER = re.compile(r"\d{1,2}(?=[\u4e00-\u9fff])(?![月年日季周期次个级号项类条旬时])")
_TAIL = re.compile(r"[*★#☆:。.]+$|[:—-](?:单位|填|限|请|精确|到日|万元|元|必填).*$|(?:必填|选填)$")
# A bracket between the words may say what belongs to them: 审计查出(发现)的主要问题.
_OTHER_WORD = re.compile(
    r"查出|发现|反馈|指出|单位|党组织|巡视|巡察|审计|整改|化解|治理|及|和|主要|具体|突出"
)
_WHEN = re.compile(r"(?P<what>.+)[(（](?P<when>计划|拟|预计|实际)[)）]")


@lru_cache(maxsize=8192)
def spelling_of(text: str) -> str:
    """The known spelling that a heading of this shape stands for, else the heading without number and hints.

    "" where a bracket says something that no rule knows.
    """
    bare = bare_heading(text)
    return next((spelling for spelling, shape in _COMPILED if shape.fullmatch(bare)), bare)


@lru_cache(maxsize=8192)
def bare_heading(text: str) -> str:
    """A heading without number, marks and hints; "" where its brackets say something that is no hint."""
    plain = plain_heading(planned_or_actual_first(text))
    plain = _BARE_NUMBER.sub("", _NUMBER.sub("", plain, count=1), count=1)
    before = ""
    while before != plain:
        before, plain = plain, _TAIL.sub("", plain)
        found = _BRACKETS.search(plain)
        if found is None:
            continue
        around, inside = (plain[: found.start()], plain[found.end() :]), found[1]
        if _is_no_more_than_a_hint(inside, *around):
            plain = "".join(around)
        else:
            return ""
    return plain if not re.search(r"[()\[\]【】]", plain) else ""


@lru_cache(maxsize=8192)
def planned_or_actual_first(text: str) -> str:
    """完成时间（实际） as 实际完成时间: a bracket that decides between two columns is no hint."""
    found = _WHEN.fullmatch(plain_heading(text))
    return f"{found['when']}{found['what']}" if found else text


def _is_no_more_than_a_hint(inside: str, before: str, after: str) -> bool:
    if after:
        return _OTHER_WORD.fullmatch(inside) is not None
    same_noun = _SAME_NOUNS.fullmatch(inside) and _ONE_UNIT_NOUN.search(before)
    return not inside or _HINTS.fullmatch(inside) is not None or bool(same_noun)


# A number in brackets counts something: only a column of numbers is one of ours.
_COUNTS = re.compile(
    r"[(\[【](?:单位:)?(?:个|项|部|份|件|条|处|家|人|次|人次|名|场|人数)[)\]】]\*?$"
)


@lru_cache(maxsize=8192)
def counts_something(text: str) -> bool:
    """Whether a heading asks for a number of things: 新建制度（个）, 谈话提醒（人次）."""
    return _COUNTS.search(unicodedata.normalize("NFKC", clean(text))) is not None
