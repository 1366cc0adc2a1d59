"""Words of a sentence that tell who, where or by which number: found by their form, their label, what stands around them. Pure.

Each is (start, end, what stands instead). Full-width figures and letters are read as others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, int, str]
HIDDEN_NUMBER = "×××"
_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20, 0xFF0B, 0xFF0D, 0xFF0E)}  # fmt: skip
_HALF |= {0x2010: ord("-"), 0x2011: ord("-"), 0x2013: ord("-"), 0x2014: ord("-")}
_HAN = "\u4e00-\u9fff"


def half_width(text: str) -> str:
    """The text with half-width figures and letters, as long as before."""
    return text.translate(_HALF)


_LABELS = (
    "护照|通行证|军官证|士官证|驾驶证|行驶证|社保卡|社保|医保卡|医保|公积金|学籍|学号|工号|病历|住院|户口[簿本]|不动产权证|房产证|产权证|营业执照|经营许可证|许可证"
    "|统一社会信用代码|社会信用代码|信用代码|组织机构代码|纳税人识别|税号|注册号|微信群|微信|QQ群|QQ|支付宝|抖音|快手|微博|钉钉|车牌|车架|发动机|IP地址|IP|身份证件?|证件"
    "|卡号|[账帐]号|[账帐]户|银行卡"
)
_LABELLED = re.compile(
    rf"(?:{_LABELS})(?:号码|编号|账号|号|代码)*\s*(?:为|是|系)?\s*[:：（(]?\s*(?P<it>(?=[A-Za-z_-]*\d|[A-Za-z]+[_-])[A-Za-z0-9][A-Za-z0-9_.*-]{{3,}}[A-Za-z0-9])(?![.\d]*[万亿元])",
    re.IGNORECASE,
)
_PHONE_LABEL = r"(?:电话|手机|座机|传真|热线|联系方式|固话|短号|[Tt][Ee][Ll])(?:号码|号)?\s*(?:为|是)?\s*[:：.（(]?\s*"
_DIGITS_IN_WORDS = "[〇零幺一二三四五六七八九]"
_NUMBERS = (
    re.compile(rf"{_PHONE_LABEL}(?P<it>\d{{3,4}}[- ]?\d{{3,4}}(?:[- ]?\d{{1,4}})?(?:(?:转|-)\d{{1,6}})?)(?![\d.])"),
    re.compile(r"(?<![\d.])(?P<it>(?:(?:\+|00)?86[- ]?)1[3-9]\d(?:[-. ·]?\d){8})(?!\d)"),
    re.compile(r"(?<![\d.A-Za-z])(?P<it>1[3-9]\d(?:[-.·/]\d{4}){2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<it>(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}[- ])\s?\d{7,8}(?:\s?(?:转|分机|-)\s?\d{1,6})?)(?!\d)"),
    re.compile(r"(?<![\d.])(?P<it>0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7})(?!\d)"),
    re.compile(r"尾号(?:为|是)?(?P<it>\d{3,6})(?!\d)"),
    re.compile(r"(?P<it>[（(]\d{4}[）)][京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\d{0,4}[民刑行执赔][^号，。]{1,4}\d+号)"),
    re.compile(r"(?<!\d)(?P<it>[48]00-\d{3,4}-\d{3,4})(?!\d)"),
    re.compile(rf"(?P<it>[一幺]{_DIGITS_IN_WORDS}{{10}})"),
    re.compile(r"(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. -]?(?=[A-Z]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9])(?P<it>(?=\d*[A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9])(?P<it>(?:[EGDSPHMK]\d{8}|E[A-Z]\d{7}))(?![A-Za-z0-9])"),
    re.compile(r"(?<![\d.])(?P<it>\d{2,3}\.\d{4,}°?[EN]?\s*[,，、 ]\s*\d{2,3}\.\d{4,}°?[EN]?)(?!\d)"),
    re.compile(r"(?P<it>(?:东经|北纬)\s*\d+[°度.][\d°′″'\"度分秒.]*)"),
    re.compile(r"(?<![\d.])(?P<it>(?:\d{1,3}\.){3}\d{1,3})(?![\d.])"),
    re.compile(r"(?P<it>[A-Za-z0-9._%+-]+(?:@|#|\[at\])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"),
)  # fmt: skip


def numbers_of_people(text: str) -> Iterator[Place]:
    """Numbers that lead to one person or body: labelled ones, telephones, plates, codes, passports, coordinates."""
    plain = half_width(text)
    for pattern in (_LABELLED, *_NUMBERS):
        for found in pattern.finditer(plain):
            yield *found.span("it"), HIDDEN_NUMBER


_NUMERALS = r"[\d一二三四五六七八九十百]+"
_ADDRESSES = (
    re.compile(
        rf"(?P<it>[{_HAN}]{{1,8}}(?:大道|大街|路|街|巷|胡同|里弄|弄|村|社区|屯|庄)(?:[东西南北中]|第?{_NUMERALS}(?:组|队|巷))?{_NUMERALS}号(?!线|楼?[^{_HAN}\d]{{0,1}}文|泵|井|地块|桥|令)"
        rf"(?:之{_NUMERALS})?(?:大?院)?(?:{_NUMERALS}(?:栋|幢|座|号楼))?(?:(?:{_NUMERALS})?单元)?(?:\d+(?:室|房|号房|层|楼|铺))?)"
    ),
    re.compile(
        rf"(?P<it>[{_HAN}]{{0,8}}(?:[\dA-Z]+(?:栋|幢|座|号楼)){1}(?:[\d一二三]+单元)?[A-Z]?\d{{2,5}}(?:室|房|号房|号|铺))"
    ),
    re.compile(
        rf"(?P<it>[{_HAN}]{{1,6}}(?:小区|花园|公寓|家园|新村|大厦)(?:[\dA-Z]+(?:栋|幢|座|号楼))(?:[\d一二三]+单元(?:\d+(?:室|房)?)?|\d+(?:室|房)))"
    ),
)


def addresses(text: str) -> Iterator[Place]:
    """Where somebody lives or works, with a number of the house."""
    plain = half_width(text)
    for pattern in _ADDRESSES:
        for found in pattern.finditer(plain):
            yield found.start("it") + _name_begins(found["it"]), found.end("it"), "某地址"


# Words in front of a name that belong to the sentence.
_LEADS = re.compile(
    r".*(?:摸排|排查|巡查|抽查|清查|清理|整顿|建成|建设|新建|扩建|改造|打造|培育|认定|评选|推荐|开办|开设|设立|成立|组建|完善|规范|加强|推进|推动|实施|开展|选派|入驻|服务|对接|扶持|奖励|补助"
    r"|投诉|审计|监督|监管|督办|督导|推广|落实|协助|整合|搬迁|迁出|腾退|处置|针对|经营|运营|持续|依法|集中|及时|已|并|累计|分别|先后|再次|同步|逐一|逐家|限期|强制|立即|核查|检查|查处|查封|关停|关闭|取缔|整治|清退|约谈|责令|督促|要求|责成|处罚|利用|通过|位于|坐落于|坐落在|地处|住在|家住|前往|走访|到|至|在|与|和|及|向|对|由|将|把|从|为|经|被|给|让|使|请"
    r"|拆除|收回|追缴|委托|聘请|终止|解除|起诉|引进|收购|注销|吊销|暂停|恢复|支持|帮助|协调|指导|联合|租赁|承包|出租给|拖欠|支付|欠付|通报|曝光|其中|包括|涉及|关于|的|是|有|等|家|个|名|户|了|、)"
)


def _name_begins(text: str) -> int:
    """Where in it the name begins: behind the last word that belongs to the sentence, with two characters left at least."""
    found = _LEADS.match(text, 0, max(len(text) - 2, 0))
    return found.end() if found else 0


_DOUBLE = "欧阳|上官|司马|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|申屠|钟离|端木|闻人|澹台|轩辕|万俟|百里|呼延|东郭|西门|赫连"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史"
    "陶贺顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔赖文仇裴柳鲍俞翁骆凌倪聂齐祝麦樊兰殷施洪翟安颜伍洛牛尚温庄柯毕岳耿阮涂窦瞿焦左柴佟卫蒲冼植邝揭植褚鞠戚游季童尤詹欧甘桂纪舒穆蓝冉宁"
    "符丘饶娄米巫苗敖幸仲楼盛裘池滕辛喻阎屈项车应管卓桑糜宗封黎鲁邬贝关匡郎卞巩荆谷臧艾"
)
_SURNAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])"
# Characters that hardly ever stand in a given name.
_NO_GIVEN = (
    "的了在和与及对为已被将是有不未等进予给从向由把就也并或其各该此级性化项件条个款费税账务政党众单责任员事业企司镇区县市省局处科室委会议办法规制措施问题况工资监督查检整改落展加提度案类型号名人位份次期日"
    "目管理部门织组户村街路楼店厂场站所院校班队某系筹调研究以到至于下上内外前后间年月时点线并按依据照使用需要求可能实际通过同步作出具体持续少部数量率低降增减收支现场约谈话报告送书记"
    "土地房屋车船电油气网络乡农商食药材料设备施板路桥港区"
)
_GIVEN = rf"(?:(?![{_NO_GIVEN}])[{_HAN}])"
_NOT_NAMES = re.compile(
    r"高[质标效度位压龄层校新速考]|方[案式法面便向针]|周[边期年密]|金[额融属]|马[上路克]|江[河海]|石[油化]|白[色]|常[态规务年委驻住]|安[全排置装]|任[务何期职命免]|文[件明化物旅]|余[额款]"
    r"|应[当急对收付]|管[理理控辖线网]|项[目]|车[辆间库位]|向[社基群上]|万[元人亩]|施[工行]|左[右]|毛[利]|黄[金色]|程[序度]|严[格肃禁重管]|温[泉馨]|宁[可]|宗[旨教地]|封[闭存]|尚[未]|许[可多]|易[地]"
    r"|季[度]|游[客]|卫[生健]|林[业地]|田[间]|凌[晨]|盛[会]|童[年谣车]|顾[问客]|钱[款物]|武[装]|康[复养]|齐[全]|洪[水涝]|纪[检委律实]|牛[奶]"
    r"|关[于键系心注停闭爱怀联口掉]|范[围本畴]|安[居心防抚]|陈[述列旧]|胡[同]|何[时种处况]|罗[列]|郑[重]|谢[绝]|曾[经任多]|董[事]|杜[绝]|陆[续]|夏[季]|付[款出费息]|龙[头]|庄[园稼]|毕[竟业]|焦[点]|植[树物入]"
    r"|揭[示牌榜]|鞠[躬]|尤[其]|舒[适心]|蓝[天图]|符[合号]|幸[福]|苗[木]|仲[裁]|楼[宇栋层]|池[塘]|辛[苦]|卓[越有]|向[外下前后内]|张[贴挂]|王[牌]|毛[病]|易[于]|祝[贺]|谷[物]|唐[突]|华|石[材化]|荆[棘]|匡[算]|米[粮袋]|白[天内日班]|史[料学]|饶[有]|任[由凭意性]|高[峰效产铁温考清]|方[言]|周[例会]|马[虎]|温[暖度]|黄[牌]|万[户家]|常[识用]|雷[同]|齐[心抓]|严[防密谨]|康[健]|孔[洞]|尚[无]|宁[静]|水|车[道站]"
)
_AFTER = (
    "同志|先生|女士|老师|师傅|等|进行|予以|给予|作|已|因|的|在|于|被|未|为|谈|诫勉|批评|警告|补|退|通报|开除|免|处|送|书面|主动|承认|利用|擅自|违|收|私|反映|提出|表示|办|发|支付|核实|道歉"
    r"|说明|交代|负责|牵头|和|与|及|一家|夫妇|本人|家|涉|罚|停|调|责|立|采|谈|追|依|就|到|向|立|党内|记过|[、，。；：！（(）)”\s\d《]|$"
)
_ROLES = (
    "当事人|举报人|信访人|反映人|经办人|法定代表人|法人代表|法人|实际控制人|村民|居民|职工|员工|业主|商户|店主|户主|干部|党员|申请人|投诉人|被谈话人|责任人|负责人|联系人|户名|收款人|付款人|账户名|开户名|被告人|被告|原告|家属|支书|包工头|工程师|老师|直接责任人|主要负责人|代理人|承包人|承租人"
    "|租户|会计|出纳|股东|监理|司机|驾驶员|保安|教师|医生|护士|学生|家长|群众|老人|低保户|贫困户|残疾人|患者|当事人员|违法人员|违规人员|工作人员|聘用人员|书记|副书记|主任|副主任|局长|副局长|科长|副科长|处长|副处长"
    "|科员|站长|副站长|所长|副所长|院长|校长|园长|村长|组长|队长|镇长|副镇长|区长|县长|市长|主席|董事长|总经理|副总经理|经理|厂长|老板|部长|副部长|主管|干事|办事员|文员|技术员|监督员|网格员|协管员|原"
)
_VERBS = "对|向|将|与|和|由|给予|给|为|约谈|免去|任命|处分|诫勉|批评|警告|开除|辞退|追究|责令|责成|要求|通报|表彰|聘用|清退|联系|帮助|慰问|走访|录用|提拔|调离|委派|指派|安排|被|经|让|请|同|跟|替|及|送|查处|处理|谈话|提醒|退还|补发|、|，|。|；|“|^"
_TITLES = (
    "同志|先生|女士|小姐|老师|师傅|医生|大夫|老板|书记|主任|局长|科长|副科长|处长|经理|校长|所长|站长|院长"
    "|（[^（）]{0,14}(?:科|处|局|主任|书记|长|经理|员|会计|干事|教师|岁|男|女|法人|股东|人|另案)"
)
# Behind a post a name of three characters needs nothing else to be one.
_POST = rf"(?:{_ROLES}|支书|工程师|[科处局站所院校园村组队镇区县市部厂班店室]长|[理事办职操监协管网格驾驶聘用会计出纳社务]员|人员|承包商|负责人|家属)"
_NAMED = (
    re.compile(rf"{_POST}[：:]?(?P<it>{_SURNAME}{_GIVEN}{{2}})"),
    re.compile(rf"{_POST}(?P<it>[老小阿][{_SURNAMES}])(?={_AFTER})"),
    re.compile(rf"{_POST}(?P<it>{_SURNAME}{_GIVEN})(?={_AFTER})"),
    re.compile(rf"(?:{_ROLES})[：:]?(?P<it>{_SURNAME}{_GIVEN}{{1,2}}?)(?={_AFTER})"),
    re.compile(rf"(?P<it>{_SURNAME}{_GIVEN}{{1,2}})(?={_TITLES})"),
    re.compile(rf"(?:{_VERBS})(?P<it>(?:{_DOUBLE}){_GIVEN}{{1,2}}?|[{_SURNAMES}]{_GIVEN}{{2}})(?={_AFTER})"),
    re.compile(rf"(?:{_VERBS})(?P<it>{_SURNAME}{_GIVEN})(?=同志|进行|予以|给予|作出|等\d|、{_SURNAME}|诫勉|谈话|批评|党内|退还|退回|（)"),
)  # fmt: skip
_WITH_DOT = re.compile(rf"[{_HAN}]{{2,8}}(?:[·•・][{_HAN}]{{1,8}})+")
_DOT_LEADS = re.compile(rf".*(?:{_ROLES}|约谈|对|向|将|与|和|由|给|为|被|经|请|及|让|、)")
_DOT_ENDS = re.compile(
    r"谈话|进行|予以|给予|作出|同志|先生|女士|的|等|已|因|在|被|未|补|退|办|违|提醒|本人|核实|反映|发放|支付|领取|承认|表示|通报|诫勉|批评|及|和|与"
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ ·][A-Z][a-z]*\.?)+(?![A-Za-z])")


def persons(text: str) -> Iterator[Place]:
    """Names of people whom nobody told of, by what stands around them."""
    titles = [span.span() for span in re.finditer(r"《[^》]*》", text)]
    for pattern in _NAMED:
        for start, end in _matches(pattern, text):
            name = text[start:end]
            if not _NOT_NAMES.match(name) and not any(a <= start < b for a, b in titles):
                yield start, end, f"{name[:2] if name[:2] in _DOUBLE.split('|') else name[0]}某"
            yield from _row_of_names(text, end)
    for found in _WITH_DOT.finditer(text):
        leads = _DOT_LEADS.match(found[0].split("·")[0])
        start = found.start() + (leads.end() if leads else 0)
        tail = _DOT_ENDS.search(text, start + 1, found.end())
        end = tail.start() if tail else found.end()
        if re.search("[·•・].", text[start:end]) and not any(a <= start < b for a, b in titles):
            yield start, end, "某某"
    for found in _LATIN_NAME.finditer(text):
        yield *found.span(), "某某"


_NEXT_NAME = re.compile(
    rf"(?:、|和|与|及)(?P<it>{_SURNAME}{_GIVEN}{{1,2}}?)(?={_AFTER}|两人|二人|三人)"
)


def _row_of_names(text: str, end: int) -> Iterator[Place]:
    """The names that stand behind a name in one row: 张甲、李乙和王丙."""
    while (found := _NEXT_NAME.match(text, end)) and not _NOT_NAMES.match(found["it"]):
        name, end = found["it"], found.end()
        yield *found.span("it"), f"{name[:2] if name[:2] in _DOUBLE.split('|') else name[0]}某"


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Also those that overlap: the second name of a row begins where the first one's context ends."""
    place = 0
    while found := pattern.search(text, place):
        yield found.span("it")
        place = max(found.start() + 1, found.start("it"))


_WESTERN_COMPANY = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z0-9&.'-]*(?: [A-Z&][A-Za-z0-9&.'-]*)*,? (?:Co\.?,? ?Ltd\.?|Inc\.?|LLC|Corp\.?|Ltd\.?|Limited|GmbH|Company|Group)"
)
_BODY_TAIL = (
    "劳务队|工程队|米业|实业|物流园|中医馆|医馆|集团(?!董事|党委|公司|层面|总部|本部|内部|所属|下属|统一|化|班子|纪委|各|经营|领导)|控股(?!权|股东)|股份(?!制|权|合作|转)|工厂|厂(?!房|区|家|商|长|级|界|务|网|中厂)|饭店|饭庄|餐厅|餐馆|餐饮店|酒楼|酒家|酒吧|大排档|食府|小吃店|茶楼|茶庄|宾馆|旅馆|旅店|民宿|客栈|酒店|超市|便利店|商场|商店|士多|杂货店|五金店|药店|药房|大药房|诊所|门诊部|卫生站"
    "|幼儿园|托儿所|托育园|培训中心|培训学校|培训机构|教育机构|驾校|网吧|KTV|会所|浴场|足浴店|理发店|美容院|养殖场|养猪场|养鸡场|农场|农庄|山庄|砖厂|砂场|石场|搅拌站|加油站|修理厂|汽修店|洗车场|停车场|工作室"
    "|旅行社|中介店|中介所|银行支行|支行|律所|合伙企业|养老院|敬老院|护理院|门店|店铺|商铺|档口|饼屋|面馆|粉店|烧烤店|火锅店|奶茶店|个体户|经营者"
)
_GENERIC_BODY = re.compile(
    rf"(?:{_BODY_TAIL}|及|与|新媒体|名师|劳模|厂中|店中|园中|全市|全区|全县|全镇|全国|各类|辖区|辖区内|内|国有|民营|民办|公办|普惠性?|新建|改建|扩建|在建|周边|沿街|临街|大型|小型|中小型?|中型|规模|重点|部分|相关|有关|所有|多家|数家|企业|污水|处理|生活|垃圾|焚烧|发电|自来水|净水|水质|净化|热电"
    r"|火力|加工|连锁|定点|零售|农家|社会|机关|公立|私立|镇办|村办|村级|乡镇|镇街|村|镇|社区|城市|城区|农村|乡村|公共|地下|露天|智慧|立体|校外|学科类?|非学科类?|职业|技能|党员|干部|教育|餐饮|五金|汽车|机动车|维修|修理|商业|金融|大型商超?|超市|商超|药品|化工|电镀|印染|造纸|食品|服装|家具|水泥"
    r"|混凝土|预拌|养殖|畜禽|生猪|规模化|个体|无证|无照|违规|违法|非法|散乱污|\d+|[一二三两四五六七八九十]|家|间|个|所|处|座|名|户|上述|该|此|本|某|老|新|旧|子|总|分|和|、|其他|其它|托育|早教|社会办|基层|第三方|优质|示范|星级|集体|家庭|合作|性)*"
)
# Works of the public, whatever they are called.
_FACILITY = re.compile(r"(?:污水|水质|净水|自来水|垃圾|焚烧|发电|处理|净化|资源化|餐厨)$")
_QUOTED_BODY = re.compile(rf"“[^”“]{{2,10}}”(?P<tail>{_BODY_TAIL}|店|馆|公司)")
_BODY = re.compile(rf"(?P<name>[{_HAN}A-Za-z·]{{1,16}}?)(?P<tail>{_BODY_TAIL})(?![{_HAN}]*?集团化)")
_WHAT = {"集团": "企业", "控股": "企业", "股份": "企业"}


def bodies(text: str) -> Iterator[Place]:
    """Enterprises and institutions by the last word of their names, where something in front of it names them."""
    for found in _WESTERN_COMPANY.finditer(text):
        yield *found.span(), "某企业"
    for found in _QUOTED_BODY.finditer(text):
        yield *found.span(), f"某{_WHAT.get(found['tail'], found['tail'])}"
    titles = [span.span() for span in re.finditer(r"《[^》]*》", text)]
    for found in _BODY.finditer(text):
        start = found.start() + _name_begins(found["name"])
        name = text[start : found.end("name")]
        is_kind = _GENERIC_BODY.fullmatch(name) or _FACILITY.search(name)
        if len(name) < 2 or is_kind or "某" in name:
            continue
        if not any(a <= start < b for a, b in titles):
            yield start, found.end(), f"某{_WHAT.get(found['tail'], found['tail'])}"
