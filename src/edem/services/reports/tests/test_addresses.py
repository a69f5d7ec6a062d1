"""A village that was chosen is read by everybody: on the card, and by the organisation that has to drive there."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.places.models import Unit
from edem.services.reports.models import Report
from edem.services.reports.rules.addresses import address_in
from edem.services.reports.rules.draft import ADDRESS_MAX
from edem.services.reports.rules.settlements import settlement_named
from edem.services.reports.rules.watching import street_key

KNOWN = {"UA1": "Вишневогірськ", "UA2": "Вереси", "UA3": "Нова Борова"}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("вул. Садова, 7", "вул. Садова, 7, Вереси"),
        ("вул. Садова, 7,", "вул. Садова, 7, Вереси"),
        ("", "Вереси"),
        ("с. Вереси, вул. Садова, 7", "с. Вереси, вул. Садова, 7"),
        ("вул. Садова, 7, Вереси", "вул. Садова, 7, Вереси"),
    ],
)
def test_the_village_is_said_once(address, told):
    assert address_in(address, "UA2", KNOWN) == told
    assert address_in(address, "", KNOWN) == address


@given(st.text(max_size=ADDRESS_MAX), st.sampled_from([*KNOWN, "UA9", ""]))
def test_it_is_never_too_long_and_never_said_twice(address, chosen):
    told = address_in(address, chosen, KNOWN)
    assert len(told) <= ADDRESS_MAX
    if settlement_named(told, list(KNOWN.items())) == chosen:
        assert address_in(told, chosen, KNOWN) == told


def test_the_street_stays_what_its_followers_follow():
    assert street_key(address_in("вул. Садова, 7", "UA2", KNOWN)) == street_key("Садова 7")


@pytest.mark.django_db
def test_the_organisation_and_the_card_name_the_village_that_was_chosen(community, roads, client, send, read, now):
    for code, name in KNOWN.items():
        Unit.objects.create(code=code, name=name, category="C", community_code=community.katottg)
    client.sign_in(PersonFactory())
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id)})
    assert "Нова Борова" in read(f"start/{draft_id}/place/")
    for address in ("вул. Садова, 7", "вул. Садова, 7, Вереси"):  # back again to mend something
        send(f"start/{draft_id}/place/", {"address": address, "settlement": "UA2"})
    send(f"start/{draft_id}/words/", {"text": "Велика яма на дорозі біля школи.", "title": ""})
    send(f"start/{draft_id}/check/")
    report = Report.objects.get()
    assert (report.address, report.settlement_code) == ("вул. Садова, 7, Вереси", "UA2")
    run_jobs(now=now)
    assert "вул. Садова, 7, Вереси" in letter_of(Notice.objects.get(address=roads.email)).text
    client.logout()
    assert "вул. Садова, 7, Вереси" in read(f"{report.pk}/")
