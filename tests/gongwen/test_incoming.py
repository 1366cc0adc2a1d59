"""Every Word file passes the gate before anything parses it: refused in one sentence or read, within the limits."""

from __future__ import annotations

import ast
import io
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from tests.support.child import opened_in_a_child
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.incoming import gated, open_document
from toolkit.gongwen.template import Template, TemplateError
from toolkit.packages.gate import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
MEMORY, SECONDS = 500, 20
PARAGRAPH = "<w:p><w:r><w:t>字</w:t></w:r></w:p>"
STYLES = '<w:style w:type="paragraph" w:styleId="s{0}"><w:basedOn w:val="s{1}"/></w:style>'


def document(
    body: str, *, extra: dict[str, bytes] | None = None, method: int = zipfile.ZIP_STORED
) -> bytes:
    """python-docx's own document with another body and further parts."""
    return with_parts({"word/document.xml": lambda xml: _filled(xml, body)}, extra or {}, method)


def _filled(xml: str, body: str) -> str:
    start, end = xml.index("<w:body>") + len("<w:body>"), xml.rindex("<w:sectPr")
    return xml[:start] + body + xml[end:]


def with_parts(
    changed: dict[str, Callable[[str], str | bytes]],
    extra: dict[str, bytes],
    method: int = zipfile.ZIP_STORED,
) -> bytes:
    base, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(base)
    with zipfile.ZipFile(base) as package, zipfile.ZipFile(out, "w", method) as written:
        for name in package.namelist():
            data: bytes | str = package.read(name)
            if name in changed and isinstance(data, bytes):
                data = changed[name](data.decode())
            written.writestr(name, data)
        for name, part in extra.items():
            written.writestr(name, part)
    return out.getvalue()


def many_paragraphs() -> bytes:
    return document(PARAGRAPH * 15_000)


def blank_paragraphs() -> bytes:
    return document("<w:p/>" * 225_000)


def one_paragraph_of_runs() -> bytes:
    """Quadratic for whoever asks the paragraph anew at every run."""
    return document("<w:p>" + "<w:r><w:t>字</w:t></w:r>" * 30_000 + "</w:p>")


def boxes_in_boxes() -> bytes:
    opened, closed = "<w:p><w:r><w:txbxContent>" * 60, "</w:txbxContent></w:r></w:p>" * 60
    return document((opened + PARAGRAPH + closed) * 150)


def many_sections() -> bytes:
    return document("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" * 15_000)


def millions_of_faults() -> bytes:
    text = "年 " * 200_000
    return document(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' * 8)


def styles_based_on_one_another() -> bytes:
    chain = "".join(STYLES.format(number, number + 1) for number in range(40_000))
    body = '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>' * 2000
    return with_parts(
        {
            "word/document.xml": lambda xml: _filled(xml, body),
            "word/styles.xml": lambda xml: xml.replace("</w:styles>", chain + "</w:styles>"),
        },
        {},
    )


def text_without_end() -> bytes:
    return document(("<w:p><w:r><w:t>" + "1" * 8_000_000 + "</w:t></w:r></w:p>") * 6)


def tags_without_end() -> bytes:
    return document("<w:p/>" * 5_000_000)


def pictures_without_end() -> bytes:
    return document(PARAGRAPH, extra={"word/media/a.png": bytes(200_000_000)}, method=zipfile.ZIP_DEFLATED)  # fmt: skip


def lying_directory() -> bytes:
    """The directory says 900 bytes, the part unpacks to two hundred million."""
    data = bytearray(document("<w:p/>" * 30_000_000, method=zipfile.ZIP_DEFLATED))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        name = bytes(data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]])
        if name == b"word/document.xml":
            struct.pack_into("<I", data, at + 24, 900)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def laughing_entities() -> bytes:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "哈">' for n in range(10)
    )
    body = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"
    doctype = f"<!DOCTYPE x [{laughs}]><w:document"
    return with_parts(
        {"word/document.xml": lambda xml: _filled(xml, body).replace("<w:document", doctype, 1)}, {}
    )


def tags_in_a_part_called_a_picture() -> bytes:
    """The list of content types says what is parsed, whatever a part is called and begins with."""
    return with_parts(
        {
            "[Content_Types].xml": lambda xml: xml.replace("/word/document.xml", "/word/a.png"),
            "_rels/.rels": lambda xml: xml.replace("word/document.xml", "word/a.png"),
        },
        {"word/a.png": b" " * 100 + b"<a>" + b"<b/>" * 3_000_000 + b"</a>"},
    )


def entities_in_another_encoding() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x [ ]+AD4APA-a/+AD4-'
    return with_parts({"word/document.xml": lambda _: head}, {})


REFUSED = (
    text_without_end, tags_without_end, pictures_without_end, lying_directory, laughing_entities,
    tags_in_a_part_called_a_picture, entities_in_another_encoding,
)  # fmt: skip
READ = (
    many_paragraphs, blank_paragraphs, one_paragraph_of_runs, boxes_in_boxes, many_sections,
    millions_of_faults, styles_based_on_one_another,
)  # fmt: skip


@pytest.mark.parametrize("make", [*REFUSED, *READ], ids=lambda make: make.__name__)
def test_no_word_file_costs_more_than_the_limits(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    path.write_bytes(make())
    outcome = opened_in_a_child(path, "paper")
    assert outcome.peak < MEMORY, outcome
    assert outcome.cpu < SECONDS, outcome
    assert bool(outcome.refusal) == (make in REFUSED), outcome
    assert ".xlsx" not in outcome.refusal, "advice for a workbook does not help with a Word paper"


WHOLE = document("<w:p><w:r><w:t>整改进展良好。</w:t></w:r></w:p>")


def in_utf16() -> bytes:
    return with_parts(
        {
            "word/document.xml": lambda xml: _filled(xml, "<w:p><w:r><w:t>整改进展良好。</w:t></w:r></w:p>")
            .replace("UTF-8", "UTF-16").encode("utf-16")
        },
        {},
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [WHOLE, b"\r\n" + WHOLE, b"\xef\xbb\xbf" + WHOLE, b"<b>Notice</b>: x in /a.php\n" + WHOLE, in_utf16()],
    ids=["whole", "line", "mark", "warning", "utf-16"],
)  # fmt: skip
def test_what_an_export_did_to_it_does_not_matter(data: bytes) -> None:
    assert visible_paragraphs(data) == ("整改进展良好。",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "已损坏"), (b"PK\x03\x04", "已损坏"), ("文字".encode(), "已损坏"), (b"\xd0\xcf\x11\xe0" * 300, "旧版"),
        (WHOLE[:-40], "已损坏"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_said_in_a_sentence_about_word_files(
    data: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words) as refusal:
        open_document(data)
    assert str(refusal.value).count("；") == 1
    assert "另存为.docx" in str(refusal.value)


def test_the_copy_holds_what_the_file_holds() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as file, zipfile.ZipFile(io.BytesIO(gated(WHOLE))) as copy:  # fmt: skip
        assert {name: file.read(name) for name in file.namelist()} == {
            name: copy.read(name) for name in copy.namelist()
        }


def test_a_template_passes_the_gate(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(lying_directory())
    with pytest.raises(TemplateError, match="打不开"):
        Template.read(path)


# The one function that may hand a file to python-docx; docxtpl gets bytes that it gave.
_OPENERS = {"docx.Document": "gongwen/incoming.py", "_Filling": "gongwen/filling.py"}


def test_nothing_else_opens_a_word_file() -> None:
    found = {
        (name, path.relative_to(ROOT / "toolkit").as_posix())
        for path in (ROOT / "toolkit").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and (name := ast.unparse(call.func)) in _OPENERS
    }
    assert found == set(_OPENERS.items())
