"""Every rule speaks of a status in the word of the office, and understands it when a unit types it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import cases
from tests.support.words import INVENTED, KIND_AND_DEADLINE, invented, standard_words
from toolkit.checks.rule import Rule, all_rules
from toolkit.ledger.status import worded
from toolkit.run.finding_catalogue import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

# Rules that speak of a kind of rectification or of a deadline in the word that is a status elsewhere.
EXCEPTIONS = frozenset({"D101", "D102", "D106", "D107", "D109", "F102", "S109"})
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.bad)
]


def typed(example: Any) -> Any:
    """The example with its statuses in the words of the office."""
    if isinstance(example, tuple):
        return tuple(map(typed, example))
    return {
        header: invented(text) if header.endswith("整改状态") else text
        for header, text in example.items()
    }


def texts(example: Any) -> tuple[str, ...]:
    """What people typed, which a finding may quote."""
    rows: tuple[Mapping[str, str], ...] = example if isinstance(example, tuple) else (example,)
    return tuple(text for row in rows for text in row.values())


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_no_finding_names_a_status_otherwise(
    rule: Rule, example: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "SETTINGS", replace(cases.SETTINGS, words=INVENTED))
    found = cases.faults(rule, typed(example))
    assert found
    allowed = (KIND_AND_DEADLINE,) if rule.code in EXCEPTIONS else ()
    for fault in found:
        for text in (fault.message, fault.fix):
            said = worded(text, INVENTED.of)
            assert "{" not in said
            assert list(standard_words(said, (*allowed, *texts(typed(example))))) == [], said


@pytest.mark.parametrize("rule", explained(INVENTED), ids=lambda rule: rule.code)
def test_no_sentence_of_a_rule_names_a_status_otherwise(rule: Any) -> None:
    allowed = (KIND_AND_DEADLINE,) if rule.code in EXCEPTIONS else ()
    for text in (rule.sentence, *rule.in_sheet, *(p.explanation for p in rule.parameters)):
        assert "{" not in text
        assert list(standard_words(text, allowed)) == [], text
