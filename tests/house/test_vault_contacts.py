"""An address of one's own, awaited, confirmed, replaced and written to, stands nowhere in clear; its code stands nowhere."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.actions import ask_code, confirm_contact
from edem.foundation.identity.contacts.codes import code_of
from edem.foundation.identity.models import Contact
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.tests.servers import Accepting, listening
from tests.house.leaks import everything_in_the_database, found, joined

pytestmark = pytest.mark.django_db
SECRETS = {
    "the mailbox": "olena.sadova@example.com",
    "the new one": "nova.olena@example.com",
    "the number": "671234567",
}

THE_SERVERS_OWN = "mail.log"
"""What the mail server of the test writes: it is another house."""


def test_neither_an_address_nor_a_code_is_in_a_dump_or_in_the_journal(settings, caplog):
    caplog.set_level("DEBUG")
    community, me, now = CommunityFactory(slug="zhytomyr"), identified_resident(), datetime.now(UTC)
    codes = {}
    with listening(Accepting()) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        for minute, (kind, typed) in enumerate(
            ((Kind.EMAIL, SECRETS["the mailbox"]), (Kind.EMAIL, SECRETS["the new one"]), (Kind.PHONE, "067 123 45 67"))
        ):
            at = now + timedelta(minutes=2 * minute)
            contact = Contact.objects.get(pk=ask_code(me, kind, typed, community_id=community.pk, now=at))
            run_jobs(now=at)
            codes[f"code {minute}"] = f'"{code_of(contact)}"'
            if kind is Kind.EMAIL:
                confirm_contact(me, kind, code_of(contact), community_id=community.pk, now=at)
            run_jobs(now=at)
    said = joined(
        f"{each.getMessage()} {each.args!r} {each.exc_text or ''}"
        for each in caplog.records
        if each.name != THE_SERVERS_OWN
    )
    assert Contact.objects.count() == 3
    assert list(found(SECRETS | codes, everything_in_the_database() | {"the journal": said})) == []
