"""What followed a petition in the council's package: the plan, the checked evidence, the hearings."""

import pytest

from edem.services.petitions.actions.evidencing import add_evidence, publish_evidence
from edem.services.petitions.models import Evidence, Hearing
from edem.services.petitions.queries.bundle_outcome import hearings_in, papers_of_outcome, plan_in
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1
from edem.services.petitions.tests.test_evidence import DAY, officer, petition, picture, plan

pytestmark = pytest.mark.django_db
__all__ = ["officer", "petition", "plan"]


def test_the_plan_goes_with_its_dates_and_only_checked_evidence(petition, plan, officer):  # noqa: F811
    add_evidence(petition.pk, plan.pk, [picture()], words="Ліхтарі стоять", by=officer, now=MARCH_1)
    publish_evidence(petition.pk, Evidence.objects.get().pk, by=officer, now=MARCH_1)
    add_evidence(petition.pk, plan.pk, [picture("blue")], words="Ще не перевірено", by=officer, now=MARCH_1)
    petition.refresh_from_db()
    [stage] = plan_in(petition, now=MARCH_1)
    assert (stage["title"], stage["body"], stage["last_day"]) == ("Ліхтарі", "ЖКГ", "2026-03-11")
    assert "Ліхтарі стоять" in stage["evidence"]
    assert "перевірено" not in stage["evidence"]
    [(name, content)] = papers_of_outcome(petition, now=MARCH_1)
    assert name.startswith(f"evidence/{plan.pk}-")
    assert content.startswith(b"\xff\xd8")


def test_hearings_go_with_their_minutes(petition):  # noqa: F811
    Hearing.objects.create(
        petition=petition, standing="held", starts_at=MARCH_1 - DAY, place="Будинок культури", agenda="Ліхтарі",
        record="Вирішили ставити.",
    )  # fmt: skip
    [hearing] = hearings_in(petition, now=MARCH_1)
    assert (hearing["place"], hearing["record"]) == ("Будинок культури", "Вирішили ставити.")


def test_a_petition_nothing_followed_has_empty_tables(petition):  # noqa: F811
    petition.state = State.ANSWERED
    assert (plan_in(petition, now=MARCH_1), hearings_in(petition, now=MARCH_1)) == ([], [])
