"""The seed in a real database: counters equal rows, what it sealed opens, staff can sign in, nothing is doubled."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db.models import Count, Exists, OuterRef
from procrastinate.contrib.django.models import ProcrastinateJob

from edem.config.sample.accounts import PASSWORD, totp_code, totp_secret
from edem.config.sample.generating import SampleCommunity, make_sample
from edem.config.sample.personas import PersonaText, personas
from edem.config.sample.records import persona_record
from edem.config.sample.seeding.seed import insert, seed
from edem.config.sample.tests.seeded_reports import CHECKS
from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.discussions.models import Comment
from edem.foundation.identity import vault
from edem.foundation.identity.actions import admit_person
from edem.foundation.identity.claims import claims_from
from edem.foundation.identity.marks import sign_in_marks
from edem.foundation.identity.matching import match_of
from edem.foundation.identity.models import MembershipFact, SignInMark
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.notices.naming import name_of
from edem.foundation.people.models import Person
from edem.kernel.ukraine import UKRAINE
from edem.services.petitions.actions.confirming_paper import confirm_sheet
from edem.services.petitions.actions.considering import Answer, announce_consideration, answer_petition, hand_over
from edem.services.petitions.actions.excluding import confirm_exclusion
from edem.services.petitions.actions.moderating import publish_petition
from edem.services.petitions.models import (
    Evidence,
    Exclusion,
    Hearing,
    PaperSheet,
    Petition,
    PetitionStep,
    PlanChange,
    Signature,
    SignatureRemoval,
)
from edem.services.petitions.queries.paper import faults_on
from edem.services.petitions.queries.statistics import statistics_of
from edem.services.petitions.rules.statistics import Period

NOW = datetime(2026, 11, 19, 10, 15, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sample() -> tuple[SampleCommunity, ...]:
    return make_sample(NOW, calendar=UKRAINE)


@pytest.fixture(scope="module")
def settled(django_db_setup: None, django_db_blocker, sample: tuple[SampleCommunity, ...]):
    """Seeded once for all these tests, and taken away after them."""
    from django.db import connection, transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # the platform's own actions stay durable inside it
        atomic.__enter__()
        insert(sample, now=NOW, say=lambda _: None)
        connection.check_constraints()  # what waits for the commit is checked here, once
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _in_the_seeded_database(settled: None, db: None) -> None: ...


def test_every_counter_equals_its_rows() -> None:
    taken_off = SignatureRemoval.objects.filter(petition_id=OuterRef("petition_id"), mark=OuterRef("mark"))
    holding = Signature.objects.filter(~Exists(taken_off)).order_by()
    rows = dict(holding.values_list("petition_id").annotate(n=Count("mark")))
    counters = dict(Petition.objects.filter(signature_count__gt=0).values_list("pk", "signature_count"))
    assert rows == counters
    assert sum(rows.values()) > 25_000


def test_nothing_has_happened_later_than_now() -> None:
    assert not Signature.objects.filter(signed_at__gt=NOW).exists()
    assert not PetitionStep.objects.filter(at__gt=NOW).exists()
    assert not Person.objects.filter(created_at__gt=NOW).exists()


def test_nobody_signed_before_they_joined() -> None:
    joined = dict(Person.objects.values_list("pk", "created_at"))
    assert all(at > joined[who] for who, at in Signature.objects.values_list("person_id", "signed_at"))


def test_the_vault_opens_what_the_seed_sealed() -> None:
    resident = Person.objects.get(display_name="Ткачук Олена Андріївна")
    known = vault.read(
        resident, ["last_name", "locality", "tax_number"], purpose=ReadPurpose.OWNER, by=resident, now=NOW
    )
    assert known["last_name"] == "Ткачук"
    assert known["locality"] == "м. Вишневогірськ"
    assert vault.facts_of(resident)["born_on"] == "1992-04-17"


def test_a_signature_bears_the_mark_that_its_signer_will_bring_again() -> None:
    resident = Person.objects.get(display_name="Мороз Віктор Леонідович")
    mark = bytes.fromhex(vault.facts_of(resident)["petition/1"])
    signed = Signature.objects.filter(mark=mark).values_list("person_id", flat=True)
    assert set(signed) == {resident.pk}


def test_everyone_in_the_sandbox_is_found_by_what_it_says_of_them(tmp_path: Path) -> None:
    seed(NOW, say=lambda _: None, folder=tmp_path)
    olena = next(
        each
        for each in json.loads((tmp_path / "residents.json").read_text(encoding="utf-8"))
        if each["id"] == "olena-tkachuk"
    )
    claims = claims_from({**olena, "auth_type": "bank_id"})
    marks = [mark.value for mark in sign_in_marks(claims.identifiers)]
    found = SignInMark.objects.filter(value__in=marks).values_list("person__display_name", flat=True)
    assert list(found) == ["Ткачук Олена Андріївна"]


def test_a_newcomer_is_matched_to_the_community_by_address() -> None:
    match = match_of(locality="М.ВИШНЕВОГІРСЬК", state="Надрічанська область", address="")
    assert match is not None
    assert match.community_id == Community.objects.get(slug="vyshnevohirsk").pk
    assert match_of(locality="с. Терник", state="Надрічанська область", address="") is not None


def test_a_displaced_person_is_a_member_by_an_officers_decision() -> None:
    fact = MembershipFact.objects.get(person__display_name="Коваленко Сергій Петрович")
    assert fact.basis == MembershipFact.Basis.OFFICER
    assert fact.decided_by is not None


def test_staff_can_sign_in_with_the_password_and_the_code_shown() -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    moderator = Person.objects.get(login="moderator")
    assert moderator.check_password(PASSWORD)
    stored = Authenticator.objects.get(user=moderator).wrap()
    secret = totp_secret("moderator")
    assert stored.instance.data["secret"] != secret
    assert totp_code(secret, NOW) == format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // 30))


def test_older_petitions_keep_the_older_charter() -> None:
    versions = CharterVersion.objects.filter(community__slug="vyshnevohirsk", service="petitions")
    assert [each.values["threshold"] for each in versions.order_by("version")] == [350, 250]
    assert set(Petition.objects.filter(charter__version=1).values_list("required", flat=True)) >= {350}


def test_a_second_start_keeps_what_people_have_done(tmp_path: Path) -> None:
    before = Petition.objects.count()
    said: list[str] = []
    seed(NOW, say=said.append, folder=tmp_path)
    assert Petition.objects.count() == before
    assert said == ["Громада вже є: дані збережено."]


def test_the_personas_follow_what_has_a_name() -> None:
    followed = Subscription.objects.exclude(kind="item").select_related("community").order_by("pk")
    assert {each.rhythm for each in followed} == {"immediate", "daily", "weekly"}
    for each in followed:
        assert name_of(each.community, each.subject), each.subject


def test_an_author_was_told_how_their_petition_went() -> None:
    resident = Person.objects.get(display_name="Ткачук Олена Андріївна")
    subjects = list(
        Notice.objects.filter(person_id=resident.pk, topic="petitions.mine").values_list("subject", flat=True)
    )
    assert len(subjects) == 4  # published, and three quarters of the way
    assert all("Понизити бордюри" in subject for subject in subjects)
    assert not Notice.objects.filter(created_at__gt=NOW).exists()


def test_a_letter_tells_what_was_true_on_its_day() -> None:
    person = Person.objects.get(display_name="Ткачук Олена Андріївна")
    told = Notice.objects.filter(
        person_id=person.pk, template__endswith="fulfilment.html", subject__contains="острівець"
    )
    assert [each.subject.partition(":")[0] for each in told.order_by("created_at", "id")] == [
        "На виконанні",
        "Виконана",
    ]


def test_running_terms_have_their_jobs() -> None:
    """The worker will remind and tell of them just as of any other petition's."""
    running = Petition.objects.filter(due_at__gt=NOW).exclude(state="fulfilment").count()
    jobs = ProcrastinateJob.objects.filter(args__event="petitions.ClockStarted", scheduled_at__gt=NOW)
    assert sum("tell_who_watches" in job.args["reader"] for job in jobs.order_by("pk")) == running


def test_the_moderator_can_publish_what_waits(announced) -> None:
    waiting = Petition.objects.get(title__startswith="Узгодити розклад автобуса № 1")
    publish_petition(waiting.pk, by=Person.objects.get(login="moderator"), now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "collecting"
    assert not ModerationCase.objects.filter(subject_id=str(waiting.pk), decided_at=None).exists()


def test_every_refusal_stands_in_the_moderators_log() -> None:
    refused = ModerationCase.objects.filter(decision="refused", kind="petition")
    assert refused.count() == Petition.objects.filter(state="rejected").count() > 5
    hidden = refused.get(ground="against_order")
    assert hidden.public_note == ""
    assert hidden.reason


def test_neighbours_talk_and_what_was_hidden_stands_in_the_log() -> None:
    assert Comment.objects.filter(state="public").count() > 5
    assert ModerationCase.objects.get(kind="comment", decision="refused").ground == "hatred"
    waiting = ModerationCase.objects.filter(kind__in=("comment", "update"), decided_at=None)
    assert set(waiting.values_list("kind", "is_reported")) == {("comment", True), ("update", False)}


def test_the_officer_can_carry_a_petition_on(announced) -> None:
    reached = Petition.objects.get(title__startswith="Чергова група")
    hand_over(reached.pk, by=Person.objects.get(login="officer"), now=NOW)
    announce_consideration(reached.pk, by=Person.objects.get(login="mayor"), now=NOW)
    answer = Answer(decision="supported", text="Групу відкриємо з понеділка.", responsible_body="Управління освіти")
    answer_petition(reached.pk, answer, by=Person.objects.get(login="mayor"), now=NOW)
    reached.refresh_from_db()
    assert reached.state == "answered"


@pytest.mark.parametrize("persona", personas(), ids=lambda each: each.id)
def test_a_persona_comes_in_as_the_guide_says(persona: PersonaText) -> None:
    """Whoever is known is found again; a newcomer is placed by address, and a guest belongs nowhere here."""
    record = persona_record(persona, today=NOW.date())
    person = admit_person(claims_from({**record, "auth_type": persona.way_in}), consents=True, now=NOW)
    assert (person.created_at < NOW) == persona.member
    belongs = MembershipFact.objects.filter(person=person, until=None).values_list("community__slug", flat=True)
    stays_outside = persona.id in ("hanna-lysenko", "roman-kots")
    assert list(belongs) == ([] if stays_outside else [persona.community])


def test_neighbours_have_signed_on_paper_and_a_sheet_waits_for_the_second_clerk() -> None:
    done, waiting = PaperSheet.objects.order_by("number")
    assert (done.state, done.counted, done.already, done.struck) == ("confirmed", 9, 1, 1)
    assert Signature.objects.filter(sheet_id=done.pk, channel="paper").count() == 9
    assert (waiting.state, faults_on(waiting)) == ("handed_over", [])
    assert confirm_sheet(waiting.pk, {}, by=Person.objects.get(login="cnap2"), now=NOW).counted == 8


def test_every_plan_is_kept_by_its_stages() -> None:
    for petition in Petition.objects.filter(state="fulfilment").order_by("pk"):
        planned = petition.plan.filter(standing="planned").values_list("due_at", flat=True)
        assert petition.due_at == min(planned, default=None), petition.title
    for petition in Petition.objects.filter(state="fulfilled").order_by("pk"):
        assert set(petition.plan.values_list("standing", flat=True)) == {"done"}
    assert not PlanChange.objects.filter(at__gt=NOW).exists()
    assert PlanChange.objects.filter(kind="moved").exists()


def test_evidence_is_there_for_everybody() -> None:
    shown = Evidence.objects.filter(published_at__lte=NOW, file__is_public=True)
    assert {each.file.kind for each in shown.select_related("file")} == {"jpg", "xlsx"}


def test_one_hearing_is_to_come_and_one_was_held() -> None:
    to_come = Hearing.objects.select_related("petition").get(standing="appointed")
    assert NOW < to_come.starts_at < to_come.petition.due_at
    held = Hearing.objects.select_related("petition").get(standing="held")
    assert held.petition.announced_at < held.starts_at < held.petition.answered_at
    assert held.record


def test_statistics_have_something_to_tell() -> None:
    community = Community.objects.get(slug="vyshnevohirsk")
    whole = statistics_of(community, Period(first=2024, last=2026), now=NOW).whole
    assert whole.answered_in_time > 0
    assert whole.days_to_reach is not None
    assert whole.days_to_fulfil is not None


def test_one_set_of_signatures_is_excluded_in_public_and_one_waits() -> None:
    assert dict(Exclusion.objects.order_by().values_list("standing", "count")) == {"holds": 12, "proposed": 7}
    assert SignatureRemoval.objects.count() == 12
    waiting = Exclusion.objects.get(standing="proposed")
    confirm_exclusion(waiting.pk, by=Person.objects.get(login="officer"), now=NOW)


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.__name__)
def test_it_holds_of_the_reports_that(check, announced) -> None:
    check(NOW)
