"""Escaping is the standard library's, without what it loads; and nothing else loads it at the start either."""

from __future__ import annotations

import subprocess
import sys
from xml.sax import saxutils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.escapes import escape, quoteattr

TEXTS = st.text(alphabet="甲a&<>\"'\n\r\t;", max_size=12)


@given(TEXTS)
def test_text_and_attributes_are_escaped_as_the_standard_library_does(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert escape(text, {"\r": "&#13;"}) == saxutils.escape(text, {"\r": "&#13;"})
    assert quoteattr(text) == saxutils.quoteattr(text)


@pytest.mark.parametrize(
    "module",
    ["toolkit.cli", "toolkit.queries.why", "toolkit.queries.status", "toolkit.settings.reading"],
)
def test_no_question_loads_what_talks_to_the_network(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{'ssl', 'http.client', 'urllib.request'}} & sys.modules.keys()))"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == ""
