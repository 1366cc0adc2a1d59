"""The examples of every finding of matching and merging: the bad ones make it, the good ones do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.cases import table_of
from toolkit.register.match import CODES, match
from toolkit.register.merge import merge
from toolkit.register.store import Known

CASES = [
    (code, example, bad)
    for code, told in CODES.items()
    for bad in (True, False)
    for example in (told.bad if bad else told.good)
]


@pytest.mark.parametrize(("code", "example", "bad"), CASES, ids=[f"{c}-{'bad' if b else 'good'}" for c, _, b in CASES])
def test_example(code, example, bad):
    _, around, submission = table_of(example)
    known = Known(tuple(around.known.values()))
    matched, unmatched = match([submission], known)
    found = {finding.rule for finding in (*unmatched, *merge(known, matched).findings)}
    assert (code in found) is bad
    assert bad or not found


@pytest.mark.parametrize("told", CODES.values(), ids=list(CODES))
def test_every_code_has_both_kinds_of_examples(told):
    assert told.bad
    assert told.good
    assert told.title.endswith("。")


def test_every_row_is_accounted_for_whatever_becomes_of_it():
    for _, example, _ in CASES:
        _, around, submission = table_of(example)
        known = Known(tuple(around.known.values()))
        matched, _ = match([replace(submission)], known)
        (after,) = merge(known, matched).submissions
        rows = {row.origin.row for row in after.rows} | {left.row for left in after.untaken}
        assert rows == {row.origin.row for row in submission.rows}
