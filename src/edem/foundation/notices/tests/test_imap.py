"""Returned mail over IMAP, from a real server."""

import mailbox
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from edem.foundation.notices.actions import send_notice
from edem.foundation.notices.bouncing import Bounced, bounced_since
from edem.foundation.notices.inbox import InboxAwayError, read_inbox
from edem.foundation.notices.jobs import read_returned_mail
from edem.foundation.notices.models import Notice
from edem.foundation.notices.return_path import LetterName, address_mark, return_path_of
from edem.foundation.notices.returned import MOST_BYTES, Verdict
from edem.foundation.notices.tests import returned_mail
from edem.foundation.notices.tests.imap import DOVECOT, dovecot
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(DOVECOT is None, reason="no dovecot here: apt install dovecot-imapd"),
]


@pytest.fixture
def returned(settings, resident, community):
    """A mailbox with one returned letter, one forged, one endless and one broken."""
    settings.EDEM = settings.EDEM.model_copy(update={"bounces_address": "bounces@edem.example"})
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    notice = Notice.objects.get()
    Notice.objects.update(address_mark=address_mark("olena@example.com"))
    to = return_path_of(LetterName(notice.community_id, notice.id))
    folder = Path(mkdtemp(prefix="edem-imap-"))  # pytest's own folders are closed to the server's users
    box = mailbox.Maildir(folder / "mail", create=True)
    whole = returned_mail.DSN.format(to=to, who="olena@example.com", status="5.1.1", action="failed").encode()
    for raw in (whole, b"Subject: hello\n\nnot ours\n", whole + b"x" * (MOST_BYTES + 10), b"\x01\xff\n\n\x02"):
        box.add(raw)
    yield folder
    rmtree(folder)


def test_a_real_mailbox_is_read_once(returned, resident):
    with dovecot(returned) as url:
        found = read_inbox(url, now=NOW)
        assert read_inbox(url, now=NOW) == {}
    assert found == {Verdict.PERMANENT: 1, Verdict.TOO_LONG: 1, Verdict.NOT_OURS: 2}
    assert bounced_since(resident.pk, now=NOW) == Bounced(NOW, "5.1.1", is_gone=True)


def test_the_clock_reads_it_too(returned, resident, settings):
    with dovecot(returned) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"bounces_url": url})
        read_returned_mail(NOW)
    assert bounced_since(resident.pk, now=NOW)


def test_a_wrong_password_is_said_and_harms_nothing(returned, settings, caplog):
    with dovecot(returned) as url:
        wrong = url.replace("secret", "wrong")
        with pytest.raises(InboxAwayError):
            read_inbox(wrong, now=NOW)
        settings.EDEM = settings.EDEM.model_copy(update={"bounces_url": wrong})
        read_returned_mail(NOW)
    assert any("is away" in record.getMessage() for record in caplog.records)
    assert not any("wrong" in record.getMessage() for record in caplog.records)
