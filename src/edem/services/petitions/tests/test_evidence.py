"""Evidence of fulfilment: private until someone has looked, without camera and place, and never for ever."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.files.contents import content_as_given
from edem.foundation.files.models import StoredFile
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.actions.evidencing import add_evidence, publish_evidence, remove_evidence
from edem.services.petitions.actions.fulfilling import finish_fulfilment, finish_stage
from edem.services.petitions.models import Evidence, Hearing, PlanStage
from edem.services.petitions.queries.bundle_outcome import hearings_in, papers_of_outcome, plan_in
from edem.services.petitions.queries.fulfilment import plan_of
from edem.services.petitions.rules.lifecycle import State, Step
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = kyiv_day(MARCH_1)


@pytest.fixture
def petition():
    return PetitionFactory(
        collecting=True, state=State.FULFILMENT, decision="supported", reached_at=MARCH_1, answered_at=MARCH_1 - DAY
    )


@pytest.fixture
def officer(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def plan(petition):
    return PlanStage.objects.create(petition=petition, title="Ліхтарі", body="ЖКГ", due_at=MARCH_1 + 10 * DAY)


def picture(colour="red"):
    drawn = BytesIO()
    exif = Image.Exif()
    exif[0x9286] = "вулиця Таємна, 5"
    Image.new("RGB", (40, 30), colour).save(drawn, "JPEG", exif=exif)
    return SimpleUploadedFile("ліхтар.jpg", drawn.getvalue(), content_type="image/jpeg")


def test_evidence_is_seen_by_everybody_only_when_it_was_checked(petition, plan, officer):
    add_evidence(petition.pk, plan.pk, [picture()], words="Ліхтарі стоять", by=officer, now=MARCH_1)
    petition.refresh_from_db()
    assert plan_of(petition, now=MARCH_1).stages[0].pictures == []
    stored = StoredFile.objects.get(purpose="petitions.evidence")
    assert (stored.is_public, stored.state) == (False, "kept")
    publish_evidence(petition.pk, Evidence.objects.get().pk, by=officer, now=MARCH_1)
    (piece,) = plan_of(petition, now=MARCH_1).stages[0].pictures
    stored.refresh_from_db()
    assert (stored.is_public, piece.evidence.words) == (True, "Ліхтарі стоять")


def test_a_picture_keeps_no_camera_and_no_place(petition, plan, officer):
    add_evidence(petition.pk, plan.pk, [picture()], words="Ліхтарі", by=officer, now=MARCH_1)
    with content_as_given(StoredFile.objects.get(purpose="petitions.evidence")) as kept:
        content = kept.read()
    assert content.startswith(b"\xff\xd8"), "a JPEG"
    assert b"Exif" not in content
    assert "Таємна".encode() not in content


def test_evidence_that_shows_too_much_is_taken_away_even_after_the_end(petition, plan, officer):
    add_evidence(petition.pk, plan.pk, [picture(), picture("blue")], words="Ліхтарі", by=officer, now=MARCH_1)
    finish_stage(petition.pk, plan.pk, by=officer, now=MARCH_1, done_on=TODAY, note="Так.")
    finish_fulfilment(petition.pk, Step.FULFIL, by=officer, now=MARCH_1, note="Усе.")
    moderator = staff(petition.community, "moderator")
    one, other = Evidence.objects.order_by("pk")
    publish_evidence(petition.pk, one.pk, by=moderator, now=MARCH_1)
    remove_evidence(petition.pk, other.pk, by=moderator, now=MARCH_1)
    assert list(Evidence.objects.order_by("pk")) == [one]
    assert StoredFile.objects.filter(purpose="petitions.evidence").count() == 1


def test_evidence_needs_words_and_a_bound(petition, plan, officer, monkeypatch):
    monkeypatch.setattr("edem.services.petitions.actions.evidencing.MOST_PIECES", 1)
    with pytest.raises(Invalid, match="evidence_without_words"):
        add_evidence(petition.pk, plan.pk, [picture()], words=" ", by=officer, now=MARCH_1)
    with pytest.raises(Conflict, match="too_much_evidence"):
        add_evidence(petition.pk, plan.pk, [picture(), picture()], words="Ліхтарі", by=officer, now=MARCH_1)
    assert not StoredFile.objects.filter(purpose="petitions.evidence").exists()


def test_the_plan_goes_with_its_dates_and_only_checked_evidence(petition, plan, officer):
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


def test_hearings_go_with_their_minutes(petition):
    Hearing.objects.create(
        petition=petition, standing="held", starts_at=MARCH_1 - DAY, place="Будинок культури", agenda="Ліхтарі",
        record="Вирішили ставити.",
    )  # fmt: skip
    [hearing] = hearings_in(petition, now=MARCH_1)
    assert (hearing["place"], hearing["record"]) == ("Будинок культури", "Вирішили ставити.")


def test_a_petition_nothing_followed_has_empty_tables(petition):
    petition.state = State.ANSWERED
    assert (plan_in(petition, now=MARCH_1), hearings_in(petition, now=MARCH_1)) == ([], [])
