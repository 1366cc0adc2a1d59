"""What a file is, is decided by what is in it; what cannot be read is refused in one sentence that says what to send."""

from __future__ import annotations

import gzip
import io
import random
import tarfile

import msoffcrypto.format.ooxml
import pytest

from tests.support.ole import ole_file
from tests.support.package import document, inline, sheet, workbook, zipped
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.open import LockedFile, open_book

GOOD = workbook({"台账": sheet(f'<row r="1">{inline("A1", "问题编号")}</row>')})
NOISE = random.Random(1).randbytes(9000)  # noqa: S311 - msoffcrypto writes packages below 4096 bytes wrongly
HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>问题编号</td></tr></table></body></html>'
XML_2003 = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("台账.xlsx"))
    return stream.getvalue()


# File as a department names it, its bytes, the words that the refusal must hold.
NOT_READ = [
    ("台账.pdf", b"%PDF-1.7\n...", "PDF"),
    ("台账扫描.pdf.xlsx", b"%PDF-1.4\n...", "PDF"),
    ("照片.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
    ("截图.png", b"\x89PNG\r\n\x1a\n...", "图片"),
    ("动图.gif", b"GIF89a...", "图片"),
    ("位图.bmp", b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", "图片"),
    ("微信图片.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 ", "图片"),
    ("苹果照片.heic", b"\x00\x00\x00\x18ftypheic\x00\x00", "图片"),
    ("扫描件.tif", b"II*\x00\x08\x00\x00\x00", "扫描"),
    ("扫描件.tiff", b"MM\x00*\x00\x00\x00\x08", "扫描"),
    ("录像.mp4", b"\x00\x00\x00\x18ftypmp42", "视频"),
    ("导出.xls", HTML.encode(), "网页"),
    ("导出.xlsx", b"\xef\xbb\xbf\r\n <!DOCTYPE html>" + HTML.encode("gbk"), "网页"),
    ("导出2.xls", HTML.encode("utf-16"), "网页"),
    ("表格2003.xls", XML_2003.encode(), "XML表格2003"),
    ("存成网页.xls", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "MHT"),
    ("浏览器.mht", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n", "MHT"),
    ("文稿.rtf", b"{\\rtf1\\ansi ...", "RTF"),
    ("打包.rar", b"Rar!\x1a\x07\x01\x00", "RAR"),
    ("打包.7z", b"7z\xbc\xaf\x27\x1c", "7z"),
    ("打包.gz", gzip.compress(GOOD), "GZ"),
    ("打包.tar", tar(), "TAR"),
    ("台账.exe", b"MZ\x90\x00\x03\x00\x00\x00", "程序"),
    ("台账.xlsb", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"}), "xlsb"),
    ("汇报.pptx", zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "演示文稿"),
    ("版式.ofd", zipped({"OFD.xml": "<OFD/>"}), "OFD"),
    ("文稿.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "不是表格"),
    ("打包.zip", zipped({"台账.pdf": b"%PDF"}), "压缩包"),
    ("旧文档.doc", ole_file({"WordDocument": b"x", "1Table": b"x"}), "旧版Word"),
    ("带表格的旧文档.doc", ole_file({"WordDocument": "Workbook".encode("utf-16-le") * 300, "ObjectPool": b"x"}), "旧版Word"),
    ("旧演示.ppt", ole_file({"PowerPoint Document": b"x"}), "旧版演示文稿"),
    ("邮件.msg", ole_file({"__properties_version1.0": b"x"}), "不是工作簿"),
    ("没有表格.docx", document("<w:p><w:r><w:t>汇报</w:t></w:r></w:p>"), "没有表格"),
    ("空.xlsx", b"", "空的"),
    ("全零.xlsx", bytes(5000), "空的"),
    ("空白.csv", b"\xef\xbb\xbf \r\n\t\r\n", "空的"),
    ("没拷完.xlsx", GOOD[: len(GOOD) // 2], "损坏"),
    ("只有头.xlsx", b"PK\x03\x04", "损坏"),
    ("没拷完.xls", ole_file({"Workbook": b"x" * 9000})[:2000], "损坏"),
    ("坏.xls", ole_file({"Workbook": b"\x09\x08\x10\x00rubbish" * 500}), "损坏"),
    ("没有工作表.xlsx", workbook({}), "没有工作表"),
    ("随便.xlsx", bytes(range(256)) * 20, "加密软件"),
    ("随便.bin", bytes(range(256)) * 20, "认不出"),
    ("一句话.txt", "本单位无整改事项".encode(), "认不出"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "word"), NOT_READ, ids=[name for name, _, _ in NOT_READ])
def test_what_is_no_workbook_is_refused_in_one_sentence_that_says_what_to_send(
    name: str, data: bytes, word: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        open_book(data, name)
    sentence = str(refusal.value)
    assert word in sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert any(remedy in sentence for remedy in ("xlsx", "工作簿", "ZIP")), sentence


@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "台账.pdf", "台账", "台账.xlsx.tmp"])
def test_a_workbook_under_any_name_is_read(name: str) -> None:
    book = open_book(GOOD, name)
    assert book.kind == "xlsx"
    assert book.grids[0].value(1, 1) == "问题编号"


@pytest.mark.parametrize("word", ["BM", "MZ", "PK", "II"])
def test_a_text_that_begins_like_a_picture_or_a_program_is_still_text(word: str) -> None:
    book = open_book(f"{word}编号,整改措施\r\n1-1,修订办法\r\n".encode(), "台账.csv")
    assert book.grids[0].rows == [[f"{word}编号", "整改措施"], ["1-1", "修订办法"]]


def locked(password: str) -> bytes:
    stream = io.BytesIO()
    large = workbook(
        {"台账": sheet(f'<row r="1">{inline("A1", "问题编号")}</row>')},
        extra={"xl/media/1.png": NOISE},
    )
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(large)).encrypt(password, stream)
    return stream.getvalue()


def test_a_password_among_those_known_opens_the_workbook() -> None:
    book = open_book(locked("整改2026"), "加密.xlsx", ("123456", "整改2026"))
    assert book.grids[0].value(1, 1) == "问题编号"


@pytest.mark.parametrize("passwords", [(), ("123456",), ("1", "2", "3")])
def test_a_password_that_is_not_known_is_asked_for(passwords: tuple[str, ...]) -> None:
    with pytest.raises(LockedFile, match=r"打开密码.*设置\.xlsx"):
        open_book(locked("整改2026"), "加密.xlsx", passwords)


def test_macros_are_said_to_be_ignored() -> None:
    book = open_book(workbook({"台账": sheet("")}, extra={"xl/vbaProject.bin": b"x"}), "台账.xlsm")
    assert book.kind == "xlsm"
    assert any("宏" in note for note in book.notes)


def test_links_to_other_workbooks_are_said_not_to_be_followed() -> None:
    book = open_book(
        workbook(
            {"台账": sheet("")}, extra={"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
        ),
        "",
    )
    assert any("链接" in note for note in book.notes)
