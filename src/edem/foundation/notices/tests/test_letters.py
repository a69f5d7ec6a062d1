from email import message_from_bytes
from email.policy import SMTP

import pytest

from edem.foundation.notices.actions import send_notice, send_official_letter
from edem.foundation.notices.envelope import message_of
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tokens import Letters, open_sealed
from edem.kernel.errors import Missing

pytestmark = pytest.mark.django_db


def written(notice, address="olena@example.com"):
    raw = message_of(notice, letter_of(notice), address=address, now=NOW)
    return message_from_bytes(raw, policy=SMTP)


def test_a_letter_says_the_same_in_html_and_in_plain_text(resident, community):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    message = written(Notice.objects.get())
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert message["Subject"] == "Ліхтар «Біля школи» засвічено"
    for words in ("Світитиме до 01.06.2026 00:00", "перша умова", "Подивитися ліхтар", community.name):
        assert words in text
        assert words in html
    assert "http://localhost:8000/vyshnevohirsk/lamps/5/" in text
    assert "Тема листа: Ліхтарі на моїй вулиці." in text


def test_the_letter_carries_the_communitys_ornament(resident, community):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    message = written(Notice.objects.get())
    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<ornament>"
    assert picture.get_content().startswith(b"\x89PNG")
    assert 'src="cid:ornament"' in message.get_body(("html",)).get_content()


def test_a_title_with_markup_stays_a_title(resident, community):
    title = "<script>alert(1)</script> & «\r\nBcc: all@example.com»"
    send_notice(resident.pk, lamp_lit(title=title), community=community, now=NOW)
    message = written(Notice.objects.get())
    assert "<script>" not in message.get_body(("html",)).get_content()
    assert message["Subject"] == "Ліхтар «<script>alert(1)</script> & « Bcc: all@example.com»» засвічено"
    assert message["Bcc"] is None


@pytest.mark.parametrize("address", ["a@b.ua\r\nBcc: all@example.com", "два слова@b.ua", "a@b.ua, c@d.ua"])
def test_an_address_that_would_break_the_envelope_is_refused(resident, community, address):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    with pytest.raises(ValueError):
        written(Notice.objects.get(), address=address)


def test_a_long_title_is_shortened_in_the_subject_only(resident, community):
    send_notice(resident.pk, lamp_lit(title="дуже " * 60), community=community, now=NOW)
    notice = Notice.objects.get()
    assert len(notice.subject) <= 200
    assert notice.subject.endswith("…")
    assert "засвічено" in letter_of(notice).text


def test_a_resident_can_stop_the_topic_with_one_click(resident, community):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    message = written(Notice.objects.get())
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://localhost:8000/mail/unsubscribe/")
    assert open_sealed(address.rstrip("/").rpartition("/")[2]) == Letters(resident.pk, "lamps")
    assert str(resident.pk) not in message.as_string()


def test_an_official_letter_is_no_subscription(community):
    send_official_letter("rada@example.com", lamp_lit(), community=community, now=NOW)
    message = written(Notice.objects.get(), address="rada@example.com")
    assert message["List-Unsubscribe"] is None
    assert "Не писати" not in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("token", ["", "x", "кирилиця", "A" * 80])
def test_a_forged_token_opens_nothing(token):
    with pytest.raises(Missing):
        open_sealed(token)
