"""A computer without the cipher library reads every workbook but the locked ones, and says so of those."""

from __future__ import annotations

import struct
import sys

import pytest

from tests.support.ole import ole_file
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets import ole
from toolkit.sheets.open import open_book


def record(kind: int, content: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


BOF = record(0x0809, bytes(16))
WRITE_PROTECTED, FILE_PASSWORD, CODE_PAGE, EOF = 0x86, 0x2F, 0x42, 0x0A


@pytest.mark.parametrize(
    ("stream", "locked"),
    [
        (BOF + record(FILE_PASSWORD, bytes(54)), True),
        (BOF + record(WRITE_PROTECTED) + record(FILE_PASSWORD, bytes(6)), True),
        (BOF + record(CODE_PAGE, b"\xb0\x04") + record(EOF), False),
        # The number of the record inside another's content is no record.
        (BOF + record(CODE_PAGE, b"\x2f\x00\x04\x00") + record(EOF), False),
        (BOF[:6], False),
        (b"", False),
    ],
)
@pytest.mark.parametrize("name", sorted(ole.WORKBOOKS))
def test_a_cipher_is_seen_in_the_first_records(name: str, stream: bytes, locked: bool) -> None:
    assert ole.is_encrypted(ole_file({name: stream})) is locked


def test_a_package_behind_a_password_is_locked_and_other_documents_are_no_workbooks() -> None:
    assert ole.is_encrypted(ole_file({"EncryptionInfo": b"", "EncryptedPackage": b""}))
    assert not ole.is_encrypted(ole_file({"WordDocument": record(FILE_PASSWORD)}))
    assert not ole.is_encrypted(ole.MAGIC + b"damaged")


def test_a_locked_workbook_without_the_library_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    locked = ole_file({"EncryptionInfo": b"", "EncryptedPackage": b""})
    with pytest.raises(UnreadableFile, match=r"打开设了密码的工作簿要用到msoffcrypto.*取消密码"):
        open_book(locked, "加密.xlsx")


def test_an_old_workbook_that_is_not_locked_needs_no_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    with pytest.raises(UnreadableFile) as raised:
        open_book(ole_file({"Workbook": BOF + record(EOF)}), "空.xls")
    assert "msoffcrypto" not in str(raised.value)
