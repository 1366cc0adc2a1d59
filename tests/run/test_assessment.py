"""What a merged ledger adds up to: units learned where there are none, the form of a first period alone."""

from __future__ import annotations

import datetime as dt

from tests.support.cases import row_of
from tests.support.items import ENTRY, SETTINGS
from toolkit.ledger.form import Form, FormColumn
from toolkit.ledger.own import own_code
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.register.merge import Merged
from toolkit.register.pending import Plan
from toolkit.register.snapshot import Snapshot
from toolkit.run.assessment import assess
from toolkit.run.consolidate import Consolidation
from toolkit.settings.model import Settings

DAY = dt.date(2026, 6, 19)
PLAN = Plan(period=1, run=1, since=DAY, as_of=DAY, settings="x")
FORM = Form((FormColumn(heading="审计项目", code=own_code("审计项目")),))


def known_now(before: Snapshot) -> Consolidation:
    given = Submission(
        "台账.xlsx", "1", Verdict.ACCEPTED, Role.BASELINE, rows=(row_of({}),), form=FORM
    )
    merged = Merged((ENTRY,), (given,), (), ())
    return Consolidation(before, merged, (), (), {})


def assessed(settings: Settings, before: Snapshot) -> Settings:
    return assess(known_now(before), settings, PLAN, ()).settings


def test_units_are_learned_only_where_the_office_has_none() -> None:
    first = Snapshot(())
    bare = assess(known_now(first), SETTINGS.with_units(()), PLAN, ())
    assert bare.has_learned_units
    assert bare.settings.units[0].name == ENTRY.item.lead_unit
    assert assessed(SETTINGS, first).units == SETTINGS.units


def test_the_form_is_that_of_the_first_period_and_stays() -> None:
    assert assessed(SETTINGS, Snapshot(())).form == FORM
    assert assessed(SETTINGS, Snapshot((ENTRY,))).form == Form()


def test_the_figures_are_those_of_the_merged_ledger() -> None:
    made = assess(known_now(Snapshot(())), SETTINGS, PLAN, ())
    assert made.figures["problems"] == 1
    assert made.plan is PLAN
