"""Office packages made by hand, part by part, so that a test shows the very XML that it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KNOWN = {
    "xl/workbook.xml": f"{_SHEET}.sheet.main+xml",
    "xl/sharedStrings.xml": f"{_SHEET}.sharedStrings+xml",
    "xl/styles.xml": f"{_SHEET}.styles+xml",
}


def types(*parts: str) -> str:
    """The content types of these parts; readers other than ours ask for them."""
    known = {part: _KNOWN.get(part, f"{_SHEET}.worksheet+xml") for part in parts}
    inside = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in known.items()
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{inside}</Types>'


TYPES = types()


def zipped(
    parts: Mapping[str, str | bytes | Iterable[bytes]], *, compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of these parts, name → str, bytes or an iterable of bytes (then written piece by piece)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as package:
        for name, content in parts.items():
            if isinstance(content, (str, bytes)):
                package.writestr(name, content)
                continue
            with package.open(name, "w", force_zip64=True) as part:
                for piece in content:
                    part.write(piece)
    return stream.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{DOCUMENT}/{kind}" Target="{to}"/>'
        for key, kind, to in entries
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def workbook(sheets: Mapping[str, str | bytes | Iterable[bytes]], **parts: Any) -> bytes:
    """An .xlsx of sheets (name → sheet XML); keywords (`styles`, `sharedStrings`) and `extra` add parts."""
    extra = parts.pop("extra", {})
    tags = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets, 1)
    )
    related = [
        (f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    ]
    related += [(kind, kind, f"{kind}.xml") for kind in parts]
    return zipped(
        {
            "[Content_Types].xml": types(
                "xl/workbook.xml",
                *(f"xl/worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)),
                *(f"xl/{kind}.xml" for kind in parts),
            ),
            "_rels/.rels": relations(("w", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{tags}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(*related),
            **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
            **{f"xl/{kind}.xml": xml for kind, xml in parts.items()},
            **extra,
        }
    )


def sheet(rows: str, tail: str = "") -> str:
    """A worksheet around the XML of its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'


def inline(address: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def document(body: str, **parts: str | bytes) -> bytes:
    """A .docx around the XML of its body."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("w", "officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            **{f"word/{name}.xml": xml for name, xml in parts.items()},
        }
    )


def spreadsheet(tables: str, styles: str = "") -> bytes:
    """An .ods around the XML of its tables."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )
