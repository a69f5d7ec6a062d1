"""Letters to bodies that came back: the service that waits for that body hears of it."""

import pytest

from edem.foundation.notices.actions import send_notice, send_official_letter
from edem.foundation.notices.arriving import take_message
from edem.foundation.notices.models import Notice
from edem.foundation.notices.return_path import LetterName, return_path_of
from edem.foundation.notices.returned import Verdict
from edem.foundation.notices.tests import returned_mail
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.servers import Refusing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bounces_mailbox")]


@pytest.mark.parametrize("reply", ["550 5.1.1 nobody", "550 5.7.1 spam", "554 no"])
def test_a_body_that_cannot_be_written_to_is_told_of(community, heard, post_office, announced, reply):
    send_official_letter("dead@rada.example", lamp_lit(), community=community, now=NOW)
    post_office(Refusing(reply))
    [lost] = [each for each in announced if type(each).__name__ == "OfficialLetterLost"]
    assert (lost.topic, lost.once, lost.address) == ("lamps", "lamps.lit:5", "dead@rada.example")


def test_a_bounce_of_an_official_letter_is_told_of_and_a_persons_is_not(
    letter, community, resident, announced, post_office
):
    notice = Notice.objects.get()
    to = return_path_of(LetterName(notice.community_id, notice.id))
    raw = returned_mail.DSN.format(to=to, who="zhek@rada.example", status="5.1.1", action="failed").encode()
    assert take_message(raw, now=NOW) is Verdict.PERMANENT
    send_notice(resident.pk, lamp_lit(6), community=community, now=NOW)
    post_office(Refusing("550 5.1.1 nobody"))
    assert [each.address for each in announced if type(each).__name__ == "OfficialLetterLost"] == ["zhek@rada.example"]
