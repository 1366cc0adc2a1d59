"""A document that is drawn leads nowhere: whatever a writer may link is gone from the copy that LibreOffice gets."""

from __future__ import annotations

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.support import office
from toolkit.gongwen.document import texts_of
from toolkit.gongwen.incoming import gated, open_document
from toolkit.gongwen.offline import offline
from toolkit.queries.lint import lint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = f'{nsdecls("w", "r", "wp", "a", "pic")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
PICTURE = (
    '<w:p {ns}><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="图"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="图"/>'
    "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip {blip}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
SHAPE = '<w:p {ns}><w:r><w:pict><v:shape style="width:50pt;height:50pt"><v:imagedata {image}/></v:shape></w:pict></w:r></w:p>'
FIELD = '<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{instruction}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
OBJECT = '<w:p {ns}><w:r><w:object><v:shape id="o" style="width:50pt;height:50pt"/><o:OLEObject Type="Link" ProgID="Excel.Sheet.12" ShapeID="o" DrawAspect="Content" ObjectID="_1" r:id="{id}" UpdateMode="Always"/></w:object></w:r></w:p>'


def instruction(*pieces: str) -> str:
    return "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces
    )


# Ways of leading out of a document: the kind of relationship ("" where there is none) and the paragraph.
WAYS = {
    "链接的图片": ("image", PICTURE.replace("{blip}", 'r:link="{id}"')),
    "嵌入写成链接": ("image", PICTURE.replace("{blip}", 'r:embed="{id}"')),
    "旧式图形的图片": ("image", SHAPE.replace("{image}", 'r:id="{id}"')),
    "旧式图形写明地址": ("", SHAPE.replace("{image}", 'src="{address}/src.png"')),
    "图片域": ("", FIELD.replace("{instruction}", instruction(' INCLUDEPICTURE "{address}/f.png" \\d '))),
    "拆开的图片域": ("", FIELD.replace("{instruction}", instruction(" INCLUDE", 'PICTURE "{address}/g.png"'))),
    "文件域": ("", FIELD.replace("{instruction}", instruction(' INCLUDETEXT "{address}/t.docx" '))),
    "简单域": ("", '<w:p {ns}><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{address}/s.png&quot; "><w:r><w:t>结果</w:t></w:r></w:fldSimple></w:p>'),
    "链接的对象": ("oleObject", OBJECT),
    "链接的子文档": ("subDocument", '<w:subDoc {ns} r:id="{id}"/>'),
    "链接的网页": ("aFChunk", '<w:altChunk {ns} r:id="{id}"/>'),
    "别处的模板": ("attachedTemplate", "<w:p {ns}/>"),
}  # fmt: skip


def linked(address: str, *ways: str) -> bytes:
    """A document that leads to `address` in these ways."""
    document = docx.Document()
    document.add_paragraph("正文。")
    for number, way in enumerate(ways):
        kind, xml = WAYS[way]
        part = document.part._settings_part if kind == "attachedTemplate" else document.part
        target = f"{address}/{number}.png"
        key = part.relate_to(target, f"{OFFICE}/{kind}", is_external=True) if kind else ""
        filled = xml.replace("{ns}", NS).replace("{id}", key).replace("{address}", address)
        document.element.body.sectPr.addprevious(parse_xml(filled))
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_no_address_is_left_in_the_copy(way: str) -> None:
    data = linked("http://192.0.2.1", way)
    assert b"192.0.2.1" in b"".join(parts(data).values())
    copy = offline(gated(data))
    assert b"192.0.2.1" not in b"".join(parts(copy).values())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_is_printed_stays() -> None:
    """The results of fields, page numbers, tables of contents, hyperlinks' words, embedded pictures."""
    document = docx.Document()
    document.add_paragraph("正文。")
    for words in (" PAGE ", ' TOC \\o "1-3" ', ' HYPERLINK "http://192.0.2.1/" '):
        xml = FIELD.replace("{ns}", NS).replace("{instruction}", instruction(words))
        document.element.body.sectPr.addprevious(parse_xml(xml.replace('"1-3"', "&quot;1-3&quot;")))
    before = saved(document)
    after = open_document(offline(gated(before)))
    assert texts_of(after.element.body) == texts_of(open_document(before).element.body)
    kept = [text.text for text in after.element.body.iter(f"{{{NS_W}}}instrText")]
    assert [text.split()[0] for text in kept] == ["PAGE", "TOC", "HYPERLINK"]


NS_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class _Counting(BaseHTTPRequestHandler):
    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server in this computer, and every path that somebody asked it for."""
    hits: list[str] = []
    handler = type("Handler", (_Counting,), {"hits": hits})
    with HTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", hits
        running.shutdown()
        thread.join()


@pytest.mark.office
@office.needed
def test_drawing_a_document_asks_nobody_for_anything(
    server: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, hits = server
    path = tmp_path / "文.docx"
    path.write_bytes(linked(address, *WAYS))
    assert not lint(path).not_drawn
    assert hits == []
    office.convert(path, tmp_path, "pdf")
    assert hits, "what is not cleaned asks nobody either: this test proves nothing"
