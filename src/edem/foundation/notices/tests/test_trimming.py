"""Words of letters are kept a season, their lines a year."""

from datetime import timedelta
from uuid import uuid4

import pytest

from edem.foundation.notices import trimming
from edem.foundation.notices.actions import send_notices
from edem.foundation.notices.jobs import trim_what_was_told
from edem.foundation.notices.models import Bounce, DigestRound, MailState, News, Notice
from edem.foundation.notices.resending import send_again
from edem.foundation.notices.tests.followers import lit
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def told(community, monkeypatch):
    """Five letters, in portions of two."""
    monkeypatch.setattr(trimming, "AT_ONCE", 2)
    people = PersonFactory.create_batch(5)
    send_notices([person.pk for person in people], lamp_lit(), community=community, now=NOW)
    Notice.objects.update(state=MailState.SENT)


def words():
    return set(Notice.objects.values_list("template", flat=True))


def test_words_go_after_a_season_and_the_subject_stays(told):
    trim_what_was_told(NOW + 90 * DAY)
    assert words() == {"lamps/mail/lit.html"}
    trim_what_was_told(NOW + 91 * DAY)
    assert words() == {""}
    assert set(Notice.objects.values_list("subject", flat=True)) == {"Ліхтар «Біля школи» засвічено"}


def test_lines_go_after_a_year(told):
    trim_what_was_told(NOW + 365 * DAY)
    assert Notice.objects.count() == 5
    trim_what_was_told(NOW + 366 * DAY)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING])
def test_a_letter_that_still_waits_keeps_its_words(told, state):
    Notice.objects.update(state=state)
    trim_what_was_told(NOW + 800 * DAY)
    assert words() == {"lamps/mail/lit.html"}


def test_a_letter_without_words_is_not_sent_again(told):
    Notice.objects.update(state=MailState.UNKNOWN)
    trim_what_was_told(NOW + 91 * DAY)
    notice = Notice.objects.first()
    with pytest.raises(Conflict, match="words_are_gone"):
        send_again(notice.community_id, notice.id, by=PersonFactory(staff=True), now=NOW + 91 * DAY)


def test_news_rounds_and_returns_go_in_their_time(community):
    lit(community)
    DigestRound.objects.create(rhythm="daily", slot=NOW)
    Bounce.objects.create(community=community, notice_id=uuid4(), address_mark=b"m" * 32, at=NOW, is_permanent=True)
    trim_what_was_told(NOW + 91 * DAY)
    assert (News.objects.count(), DigestRound.objects.count(), Bounce.objects.count()) == (0, 1, 1)
    trim_what_was_told(NOW + 366 * DAY)
    assert (DigestRound.objects.count(), Bounce.objects.count()) == (0, 0)
