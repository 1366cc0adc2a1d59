"""制度清单: each regulation once, with all its problems and units."""

from __future__ import annotations

from dataclasses import replace

from tests.support.items import ENTRY
from toolkit.workbooks.regulations_sheet import regulations_of


def test_each_is_named_once_in_the_order_of_the_ledger() -> None:
    said = (("1-1", ("《乙》", "《甲》")), ("1-2", ()), ("1-3", ("《甲》", "《甲》", "《丙》")))
    entries = [
        replace(ENTRY, item=replace(ENTRY.item, id=id_, regulations=names)) for id_, names in said
    ]
    found = regulations_of(entries)
    assert [(r.name, [entry.item.id for entry in r.entries]) for r in found] == [
        ("《乙》", ["1-1"]),
        ("《甲》", ["1-1", "1-3"]),
        ("《丙》", ["1-3"]),
    ]


def test_a_ledger_that_names_none_has_no_list() -> None:
    assert regulations_of([replace(ENTRY, item=replace(ENTRY.item, regulations=()))]) == ()
