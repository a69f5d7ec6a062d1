"""Real flows with real secrets through the real edges; then a dump, the logs and the addresses are searched for them."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from edem.foundation.communities.models import Community
from edem.foundation.identity import vault
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.marks import mark_for
from edem.foundation.identity.models import Correction, SealedFacts, SignInMark, VaultReading, VaultRecord
from edem.foundation.identity.privacy.rotating import sealed_columns
from edem.foundation.identity.purposes import FIELDS, MarkPurpose, ReadPurpose
from edem.foundation.identity.sealing import Unsealable
from edem.foundation.identity.tests.conftest import (  # noqa: F401 - fixtures
    Resident,
    resident,
    stand,
    stand_address,
    vyshnevohirsk,
)
from edem.foundation.identity.tests.factories import identified_resident, tax_number_of
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.services.petitions.models import Signature
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community
from edem.services.petitions.tests.paper import clerk, line, sheet_waiting
from edem.services.petitions.tests.test_signing_pages import AGREE
from simulators.id_gov_ua.fictional import fictional_residents
from tests.house.leaks import everything_in_the_database, forms_of, found, joined

pytestmark = pytest.mark.django_db
HOME = "/vyshnevohirsk"
WORDS = "Моє прізвище записане з помилкою: має бути Коваленко-Садова, паспорт СН482915."
OWN_ADDRESS = "olena.sadova@post.example.org"
ON_PAPER = tax_number_of(date(1970, 5, 5), 9901)


@pytest.fixture
def olena():
    """What the provider says of the one who walks through everything."""
    return next(each.fields for each in fictional_residents(datetime.now(UTC).date()) if each.id == "1001")


@pytest.fixture
def secrets(olena):
    return {
        "the tax number": olena["drfocode"],
        "the address": olena["address"],
        "the telephone": olena["phone"],
        "the mail address": olena["email"],
        "the day of birth": "1984-03-12",
        "the words of a request": WORDS,
        "a number on paper": ON_PAPER,
        "a number of a proof": "3210-5001234567",
        "an address of one's own": OWN_ADDRESS,
    }


class Trail:
    """Everything that a web server or an intermediary would have seen of the addresses."""

    def __init__(self, browser):
        self.addresses, self._request = [], browser.request

    def request(self, **environ):
        self.addresses.append(f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}")
        answer = self._request(**environ)
        self.addresses += [answer.get("Location", ""), answer.get("Content-Disposition", "")]
        self.addresses += [answer.get("Set-Cookie", ""), str(answer.cookies)]
        return answer


@pytest.fixture
def walked(stand, client, vyshnevohirsk, olena, caplog, monkeypatch):  # noqa: F811 - the fixtures above
    """Sign-in, consent, signing, my data, copies, correction, the desk, paper, letters, one refusal after another."""
    caplog.set_level(logging.DEBUG)
    trail = Trail(client)
    monkeypatch.setattr(client, "request", trail.request)
    now = datetime.now(UTC)
    charter_of_community(vyshnevohirsk)
    petition = PetitionFactory(
        community=vyshnevohirsk,
        collecting=True,
        published_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=30),
    )
    browser = Resident(client)
    assert browser.sign_in("1001").status_code == 302
    person = Person.objects.get(login=None, display_name="Коваленко Олена Петрівна")
    resident_does(client, petition)
    officer_does(client, vyshnevohirsk, olena["drfocode"])
    clerks_do(petition, olena["drfocode"], now)
    client.logout()
    browser.come("1011")  # a number with a mistake in it: refused, and the number goes nowhere
    with_code = client.get(f"/sign-in/back/?state=x&code={'y' * 20}")
    assert with_code.status_code == 403
    return person, trail, list(caplog.get_records("setup"))


def resident_does(client, petition):
    assert client.post(f"{HOME}/petitions/{petition.pk}/sign/", AGREE).status_code == 302
    assert Signature.objects.filter(petition_id=petition.pk).count() == 1
    for path in ("", "my-data/", "my-data/readings/", "my-data/correct/", "my-data/erase/", "notices/"):
        assert client.get(f"{HOME}/cabinet/{path}").status_code == 200
    for form in ("json", "pdf"):
        assert client.post(f"{HOME}/cabinet/my-data/copy/{form}/").status_code == 200
    assert client.post(f"{HOME}/cabinet/contacts/email/", {"address": OWN_ADDRESS}).status_code == 302
    asked = {"fields_wrong": ["last_name", "document"], "words": WORDS}
    assert client.post(f"{HOME}/cabinet/my-data/correct/", asked).status_code == 302
    client.logout()


def officer_does(client, community: Community, number):
    officer = PersonFactory(staff=True, display_name="Ірина Ґудзь")
    GrantFactory(person=officer, community=community, role=Role.OFFICER)
    client.sign_in(officer)
    correction = Correction.objects.get()
    assert WORDS in client.post(f"{HOME}/desk/corrections/{correction.pk}/open/").content.decode()
    assert client.post(f"{HOME}/members/", {"number": number}).status_code == 302
    person_id = Person.objects.get(display_name="Коваленко Олена Петрівна").pk
    assert client.get(f"{HOME}/members/{person_id}/").status_code == 200
    client.post(f"{HOME}/members/{person_id}/end/")
    page = client.get(f"{HOME}/members/{person_id}/prove/")
    assert page.status_code == 200
    proof = {
        "kind": "officer", "settlement": page.context["form"].fields["settlement"].choices[0][0],
        "evidence": "витяг про місце проживання", "reference": "3210-5001234567",
    }  # fmt: skip
    assert client.post(f"{HOME}/members/{person_id}/prove/", proof).status_code in {200, 302, 422}
    assert (
        client.post(f"{HOME}/desk/corrections/{correction.pk}/refuse/", {"reason": f"Номер {number}"}).status_code
        == 422
    )
    client.logout()


def clerks_do(petition, number, now):
    clerks = clerk(petition.community)
    sheet_waiting(petition, by=clerks, now=now, numbers=[ON_PAPER, number])
    person = Person.objects.get(display_name="Коваленко Олена Петрівна")
    vault.read(person, ("email",), purpose=ReadPurpose.MAIL, by=None, now=now)
    assert line(1, now=now, number=number).number == number


def test_no_secret_is_in_the_dump_in_a_log_in_an_address_or_in_a_cookie(walked, secrets):
    _, trail, logged = walked
    dump = everything_in_the_database()
    said = joined(f"{record.getMessage()} {record.args!r} {record.exc_text or ''}" for record in logged)
    assert len(dump) > 40
    assert any(b"identity.find_person" in rows for rows in dump.values())  # the search looks where the rows are
    assert len(logged) > 20
    assert len(trail.addresses) > 60
    assert list(found(secrets, dump | {"the log": said, "an address": joined(trail.addresses)})) == []


def test_the_search_would_find_them(walked, secrets):
    """A test that cannot fail is none: each form of each secret, once it is written down, is found."""
    for what, secret in secrets.items():
        for form, needle in forms_of(secret):
            padded = b"x" * 7 + needle + b"y" * 7
            assert any(what in line and form in line for line in found({what: secret}, {"a table": padded})), form
    person, _, _ = walked
    Session.objects.create(
        pk="leaky", session_data=Session.get_session_store_class()().encode({"n": secrets["the tax number"]}),
        expire_date=datetime.now(UTC) + timedelta(days=1),
    )  # fmt: skip
    Person.objects.filter(pk=person.pk).update(display_name=secrets["the mail address"])
    leaks = list(found(secrets, everything_in_the_database()))
    assert any("the tax number in clear in session leaky" in leak for leak in leaks)
    assert any("the mail address in clear in public.people_person" in leak for leak in leaks)


def test_a_dump_without_the_keys_opens_nothing(walked, settings):
    """Whoever has every row and not the keys: nothing sealed opens, whatever key they try."""
    before = settings.EDEM
    settings.EDEM = before.model_copy(update={"vault_key": "13" * 32, "mark_key": "14" * 32})
    tried = 0
    for model, fields in sealed_columns().items():
        for row in model._default_manager.order_by("pk"):
            for field in fields:
                sealed = bytes(getattr(row, field.attname) or b"")
                if sealed:
                    tried += 1
                    with pytest.raises(Unsealable):
                        unsealed(field, row, sealed)
    assert tried > 8
    settings.EDEM = before
    person, _, _ = walked
    assert vault.read(person, FIELDS, purpose=ReadPurpose.OWNER, by=person, now=datetime.now(UTC))["tax_number"]


def unsealed(field, row, sealed):
    from edem.foundation.identity.keys import vault_keys
    from edem.foundation.identity.sealing import unseal

    return unseal(sealed, place=field.place_of(row), ring=vault_keys(), use=field.use)


def test_marks_cannot_be_tried_out_without_their_key_nor_joined_between_purposes(walked, olena, settings):
    """A tax number has few possibilities: with another key, or another purpose's, the right one does not match."""
    mine = f"tax:{olena['drfocode']}"
    sign_in = {bytes(value) for value in SignInMark.objects.values_list("value", flat=True)}
    petition = {bytes(value) for value in Signature.objects.values_list("mark", flat=True)}
    assert mark_for(mine, MarkPurpose.SIGN_IN).value in sign_in
    assert mark_for(mine, MarkPurpose.PETITION).value in petition
    assert mark_for(mine, MarkPurpose.BALLOT).value not in sign_in | petition
    assert sign_in.isdisjoint(petition)
    for key in ("00" * 32, "13" * 32, "ac" * 32):
        settings.EDEM = settings.EDEM.model_copy(update={"mark_key": key})
        tried = {mark_for(mine, purpose).value for purpose in MarkPurpose}
        assert (sign_in | petition).isdisjoint(tried)


def test_two_who_live_together_have_nothing_alike_in_their_rows(db):
    people = [identified_resident(address="вул. Садова, буд. 12", email="one@example.com") for _ in range(2)]
    one, other = (VaultRecord.objects.values().get(person=person) for person in people)
    assert all(bytes(one[field]) != bytes(other[field]) for field in FIELDS if one[field])
    assert SealedFacts.objects.count() == 2


def test_every_look_is_in_its_owners_log_and_after_a_withdrawal_only_marks_are_left(walked, secrets):
    person, _, _ = walked
    purposes = set(VaultReading.objects.filter(person=person).values_list("purpose", flat=True))
    assert {"owner", "export", "correction", "finding", "mail"} <= purposes
    withdraw_consent(person, now=datetime.now(UTC))
    assert not VaultRecord.objects.filter(person=person).exists()
    left = vault.kept_marks_of(person)
    assert left
    assert all("/" in name for name in left)
    assert all(secret not in str(left) for secret in secrets.values())
    assert not bytes(Correction.objects.get().words)
