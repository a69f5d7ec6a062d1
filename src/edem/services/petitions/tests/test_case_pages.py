"""The desk's page of one petition: each role meets its own steps and no others."""

from datetime import timedelta

import pytest

from edem.foundation.moderation.models import ModerationCase
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import LIFECYCLE, State, Step
from edem.services.petitions.tests.factories import PetitionFactory, staff
from edem.services.petitions.web.casework import FORMS, TAKE

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script>"

STEPS = {
    (State.MODERATION, "moderator"): {"publish", "return", "reject"},
    (State.MODERATION, "mayor"): set(),
    (State.REACHED, "officer"): {"hand_over"},
    (State.REACHED, "mayor"): set(),
    (State.HANDED_OVER, "mayor"): {"announce"},
    (State.HANDED_OVER, "moderator"): set(),
    (State.CONSIDERATION, "mayor"): {"answer"},
    (State.CONSIDERATION, "officer"): set(),
    (State.CONSIDERATION, "moderator"): set(),
    (State.APPEAL, "officer"): {"answer"},
    (State.ANSWERED, "officer"): {"start_fulfilment"},
    (State.FULFILMENT, "officer"): {"fulfil", "give_up"},
    (State.FULFILMENT, "auditor"): set(),
    (State.COLLECTING, "moderator"): set(),
}


@pytest.fixture
def in_state(collecting, now):
    def in_state(state, **facts):
        waits = {"published_at": None, "closes_at": None} if state is State.MODERATION else {}
        return collecting(state=state, reached_at=now, due_at=now + timedelta(days=2), **(waits | facts))

    return in_state


@pytest.mark.parametrize(("state", "role"), STEPS, ids=str)
def test_each_role_is_offered_its_own_steps(come_as, in_state, read, state, role):
    petition = in_state(state, decision="supported" if state is State.ANSWERED else "")
    come_as(role)
    case = read(f"{petition.pk}/case/")
    offered = {step for step in Step if f"/case/{step}/" in case}
    assert offered == STEPS[state, role]
    assert ("Зараз від вас нічого не потрібно." in case) == (not offered)
    for step in Step:
        read(f"{petition.pk}/case/{step}/", status=200 if step in offered else 404)


def test_every_step_of_the_staff_has_its_form_and_its_action():
    by_staff = {each.step for each in LIFECYCLE.transitions if not each.by <= {"author", "clock"}}
    assert set(FORMS) == set(TAKE) == by_staff


def test_only_what_was_supported_is_carried_out(come_as, in_state, read):
    declined = in_state(State.ANSWERED, decision="declined")
    come_as("officer")
    assert "start_fulfilment" not in read(f"{declined.pk}/case/")
    read(f"{declined.pk}/case/start_fulfilment/", status=404)


WAY = [
    ("moderator", State.MODERATION, "publish", {}, State.COLLECTING),
    ("moderator", State.MODERATION, "return", {"note": "Назвіть вулицю."}, State.RETURNED),
    ("moderator", State.MODERATION, "reject", {"note": "Є № 3.", "ground": "duplicate"}, State.REJECTED),
    ("officer", State.REACHED, "hand_over", {}, State.HANDED_OVER),
    ("officer", State.HANDED_OVER, "announce", {"note": "Розглядаємо."}, State.CONSIDERATION),
    ("mayor", State.CONSIDERATION, "answer", {"decision": "supported", "text": "Так.", "responsible_body": "ЖКГ"},
     State.ANSWERED),
    ("mayor", State.APPEAL, "answer", {"decision": "explained", "text": "Роз’яснюємо."}, State.ANSWERED),
    ("officer", State.FULFILMENT, "fulfil", {"note": "Зроблено."}, State.FULFILLED),
    ("mayor", State.FULFILMENT, "give_up", {"note": "Немає коштів."}, State.NOT_FULFILLED),
]  # fmt: skip


@pytest.mark.parametrize(("role", "state", "step", "typed", "target"), WAY, ids=[f"{way[1]}-{way[2]}" for way in WAY])
def test_a_step_is_taken_and_the_case_tells_it(come_as, in_state, read, send, role, state, step, typed, target):
    petition = in_state(state)
    worker = come_as(role)
    assert send(f"{petition.pk}/case/{step}/", typed) == f"/zhytomyr/petitions/{petition.pk}/case/"
    petition.refresh_from_db()
    taken = petition.steps.get()
    assert (petition.state, taken.by, taken.actor, taken.to_state) == (target, worker, role, target)
    case = read(f"{petition.pk}/case/")
    for words in (typed.get("note", ""), typed.get("text", "")):
        assert words in case


@pytest.mark.parametrize(("role", "state", "step", "typed", "sentence"), [
    ("moderator", State.MODERATION, "return", {}, "Заповніть"),
    ("moderator", State.MODERATION, "reject", {"note": "Бо так."}, "Виберіть: «Підстава»"),
    ("moderator", State.MODERATION, "reject", {"note": "Бо так.", "ground": "нудна"}, "нудна"),
    ("mayor", State.CONSIDERATION, "answer", {"decision": "supported"}, "Заповніть"),
    ("mayor", State.CONSIDERATION, "answer", {"text": "Так."}, "Виберіть"),
    ("officer", State.FULFILMENT, "give_up", {}, "Заповніть"),
])  # fmt: skip
def test_a_step_half_told_is_not_taken(come_as, in_state, send, role, state, step, typed, sentence):
    petition = in_state(state)
    come_as(role)
    again = send(f"{petition.pk}/case/{step}/", typed, status=422)
    assert sentence in again
    for kept in typed.values():
        assert kept in again
    assert Petition.objects.get(pk=petition.pk).state == state


def test_carrying_out_starts_with_a_day_in_the_future(come_as, in_state, send, now):
    petition = in_state(State.ANSWERED, decision="partly")
    come_as("officer")
    typed = {"title": "Купити ліхтарі", "body": "ЖКГ", "note": "Купимо ліхтарі."}
    past, future = (f"{now + timedelta(days=days):%d.%m.%Y}" for days in (-9, 9))
    assert "в майбутньому" in send(f"{petition.pk}/case/start_fulfilment/", typed | {"due": past}, status=422)
    send(f"{petition.pk}/case/start_fulfilment/", typed | {"due": future})
    petition.refresh_from_db()
    assert (petition.state, petition.responsible_body) == (State.FULFILMENT, "ЖКГ")
    assert now + timedelta(days=8) < petition.due_at < now + timedelta(days=11)


def test_a_rejected_text_is_the_staffs_to_read_and_the_case_is_closed(come_as, in_state, client, read, send):
    petition = in_state(State.MODERATION, title="Заклик до війни")
    come_as("moderator")
    send(f"{petition.pk}/case/reject/", {"ground": "against_order", "note": "Закликає до війни."})
    assert "Заклик до війни" in read(f"{petition.pk}/case/")
    closed = ModerationCase.objects.get()
    assert (closed.ground, closed.public_note) == ("against_order", "")
    client.logout()
    assert "Заклик до війни" not in read(f"{petition.pk}/")


def test_the_desk_is_closed_to_strangers(client, in_state, resident, read):
    petition = in_state(State.MODERATION)
    for path in ("case/", "case/publish/"):
        answer = client.get(f"/zhytomyr/petitions/{petition.pk}/{path}")
        assert (answer.status_code, "who=staff" in answer["Location"]) == (302, True)
    client.sign_in(resident)
    read(f"{petition.pk}/case/", status=403)


def test_staff_of_another_community_have_no_say_here(client, in_state, read, send):
    petition = in_state(State.MODERATION)
    client.sign_in(staff(PetitionFactory().community, "moderator", "mayor", "community_admin"))
    read(f"{petition.pk}/case/", status=403)
    send(f"{petition.pk}/case/publish/", status=403)
    petition.refresh_from_db()
    assert petition.state == State.MODERATION


def test_what_was_typed_on_a_step_comes_out_as_text(come_as, in_state, client, send):
    petition = in_state(State.CONSIDERATION, title=TRICK)
    come_as("mayor")
    send(f"{petition.pk}/case/answer/", {"decision": "declined", "text": TRICK, "responsible_body": TRICK})
    for path in ("", "case/"):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{petition.pk}/{path}").content.decode()
