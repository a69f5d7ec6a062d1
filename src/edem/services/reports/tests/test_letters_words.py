"""What people wrote reaches the letter as they wrote it, and a share of nothing is not nought."""

from datetime import UTC, date, datetime

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices.plain import text_of
from edem.foundation.notices.rendering import rendered

WROTE = "Яму залатано.\n\nГарантія — рік. <Телефонуйте>"
AT = datetime(2026, 10, 14, 9, tzinfo=UTC)
FACTS = {"title": "Яма", "number": 7, "who": "КП «Шляхи»", "kind": "answer", "organisation": "", "leader": "Олена",
         "meets_at": None, "result": "вирішено", "solved_address": "", "archives_at": AT}  # fmt: skip
WEEK = {"span": "week", "first": date(2026, 10, 5), "last": date(2026, 10, 11), "received": 0, "closed": 0,
        "confirmed": 0, "overdue": 0}  # fmt: skip


def letter(name: str, **facts: object) -> str:
    return text_of(rendered(f"reports/mail/{name}.html", facts, community=CommunityFactory.build(), language="uk"))


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("answered", "text"),
        ("replied", "text"),
        ("recategorised", "text"),
        ("closed", "result_text"),
        ("self_help_agreed", "plan"),
        ("self_help_proposed", "plan"),
        ("self_help_declined", "note"),
        ("self_help_done", "done"),
        ("self_help_stopped", "reason"),
    ],
)
def test_a_letter_keeps_the_paragraphs_that_were_written(name, fact):
    assert f"\n{WROTE}\n" in letter(name, **FACTS, **{fact: WROTE})


def test_a_week_in_which_nothing_was_accepted_was_not_late_every_time():
    assert "прийнято вчасно" not in letter("period", **WEEK, in_time=None)
    assert "прийнято вчасно: 80 %" in letter("period", **WEEK, in_time=80)
