"""Two workers empty one queue at the same time, over connections of their own."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import mailing
from edem.foundation.notices.actions import send_notices
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, listening

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = 12


def test_two_workers_send_each_letter_once(settings):
    people = [person_with(f"r{n}@example.com") for n in range(LETTERS)]
    send_notices([person.pk for person in people], lamp_lit(), community=CommunityFactory(), now=NOW)
    server, together = Accepting(), Barrier(2)

    def work():
        together.wait(5)
        try:
            mailing.send_queued(now=NOW)
        finally:
            connection.close()

    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)

    arrived = sorted(envelope.rcpt_tos[0] for envelope in server.letters)
    assert arrived == sorted(f"r{n}@example.com" for n in range(LETTERS))
    assert set(Notice.objects.values_list("state", flat=True)) == {MailState.SENT}
