"""Whether Word would open a document without repairing it: order of elements, identifiers, parts and relationships.

The orders are those of ECMA-376 part 1 (transitional schema), for the elements that papers use.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku"
    " wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
    " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign"
    " noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout"
    " tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tblBorders": _SIDES,
    "tblCellMar": _SIDES,
    "pBdr": "top left bottom right between bar",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose"
    " personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "docDefaults": "rPrDefault pPrDefault",
    "comment": "p tbl",
    "txbxContent": "p tbl sdt",
}  # fmt: skip
_SETTINGS = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText"
    " printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges"
    " bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign"
    " attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves"
    " doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit"
    " hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting"
    " bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery"
    " displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData"
    " noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture"
    " doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving"
    " saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr"
    " attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown"
    " smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator"
)  # fmt: skip
ORDERS["settings"] = _SETTINGS
_POSITIONS = {
    tag: {name: n for n, name in enumerate(order.split())} for tag, order in ORDERS.items()
}
_POSITIONS["sectPr"]["footerReference"] = 0  # headers and footers in any order
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def troubles(path: Path) -> list[str]:
    """Every reason for which Word would repair the document."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"部件同名：{name}" for name, number in Counter(names).items() if number > 1]
    found += _content_types(parts)
    found += _relationships(parts)
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(data)
            found += [
                f"{name}：{said}"
                for said in (*_order(root), *_structure(root), *_identifiers(root))
            ]
    return found


def _order(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(W):
            continue
        positions = _POSITIONS.get(element.tag.removeprefix(W))
        if positions is None:
            continue
        last = -1
        for child in element:
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            place = positions.get(name)
            if place is None:
                if isinstance(child.tag, str) and child.tag.startswith(W):
                    yield f"<{element.tag.removeprefix(W)}>中不应有<{name}>"
                continue
            if place < last:
                yield f"<{element.tag.removeprefix(W)}>中<{name}>的次序不对"
            last = max(last, place)


def _structure(root: etree._Element) -> Iterator[str]:
    for cell in root.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "单元格不以段落结尾"
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/*"))
        for row in table.iter(f"{W}tr"):
            spans = sum(
                int(span.attrib[f"{W}val"])
                if (span := cell.find(f"{W}tcPr/{W}gridSpan")) is not None
                else 1
                for cell in row.iter(f"{W}tc")
            )
            if spans != columns:
                yield f"表格一行有{spans}列，应为{columns}列"
    for paragraph in root.iter(f"{W}p"):
        properties = [n for n, child in enumerate(paragraph) if child.tag == f"{W}pPr"]
        if properties not in ([], [0]):
            yield "段落属性不在段首"
    body = root.find(f"{W}body")
    if body is not None and body[-1].tag != f"{W}sectPr":
        yield "正文不以节属性结尾"


def _identifiers(root: etree._Element) -> Iterator[str]:
    drawing = [
        one.get("id")
        for one in root.iter()
        if isinstance(one.tag, str) and one.tag.endswith("}docPr")
    ]
    for kind, ids in (
        ("图形", drawing),
        ("书签", [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkStart")]),
    ):
        yield from (f"{kind}编号{id_}重复" for id_, number in Counter(ids).items() if number > 1)
    names = Counter(one.get(f"{W}name", "") for one in root.iter(f"{W}bookmarkStart"))
    yield from (
        f"书签名{name}不能用"
        for name, number in names.items()
        if number > 1 or len(name) > 40 or " " in name
    )
    starts = {one.get(f"{W}id") for one in root.iter(f"{W}commentRangeStart")}
    ends = {one.get(f"{W}id") for one in root.iter(f"{W}commentRangeEnd")}
    if starts != ends:
        yield "批注范围不成对"


def _content_types(parts: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {one.get("Extension", "").lower() for one in types if one.tag.endswith("}Default")}
    overrides = {
        one.get("PartName", "").lstrip("/") for one in types if one.tag.endswith("}Override")
    }
    yield from (f"类型表中的{name}不存在" for name in overrides - set(parts))
    for name in parts:
        if (
            name != "[Content_Types].xml"
            and name not in overrides
            and name.rpartition(".")[2].lower() not in defaults
        ):
            yield f"{name}没有类型"


def _relationships(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids: Counter[str | None] = Counter()
        for one in etree.fromstring(data).iter(_RELATIONSHIPS):
            ids[one.get("Id")] += 1
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                full = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                if full not in parts:
                    yield f"{name}指向不存在的{full}"
        yield from (f"{name}中{id_}重复" for id_, number in ids.items() if number > 1)
