"""«Мої контакти» as a resident walks through it; the code comes in a real letter."""

import html
import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest

from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.contacts.rules import MOST_TRIES
from edem.foundation.identity.models import Contact
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.actions import choose_topics
from edem.foundation.notices.models import Bounce, MailState, Notice
from edem.foundation.notices.tests.servers import Accepting, listening

pytestmark = pytest.mark.django_db
HERE = "/zhytomyr/cabinet/contacts/"
OWN = "olena.nova@example.com"


@pytest.fixture
def me(client, community):
    person = identified_resident(community, since=datetime.now(UTC) - timedelta(days=2), email="old@example.com")
    client.sign_in(person)
    return person


@pytest.fixture
def letters(settings):
    """What the mail server has taken, the newest last."""
    server = Accepting()
    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        yield lambda: _sent_to(server)


def _sent_to(server):
    run_jobs(now=datetime.now(UTC))
    return [_letter(each) for each in server.letters]


def _letter(envelope):
    message = message_from_bytes(envelope.content, policy=SMTP)
    [to] = envelope.rcpt_tos
    return to, str(message["Subject"]), message.get_body(("plain",)).get_content(), message


def page(answer, *, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return html.unescape(answer.content.decode())


def code_in(text):
    return re.search(r"^(\d{6})\s*$", text, re.MULTILINE).group(1)


def test_a_visitor_is_asked_to_sign_in(client, community):
    for path in ("", "email/", "email/code/"):
        assert client.get(HERE + path).status_code == 302


def test_an_address_is_confirmed_by_the_code_from_its_letter(me, client, letters):
    assert "old@example.com" in page(client.get(HERE))
    answer = client.post(f"{HERE}email/", {"address": OWN})
    assert answer["Location"] == f"{HERE}email/code/"
    assert OWN in page(client.get(f"{HERE}email/code/"))
    [(to, subject, text, message)] = letters()
    assert (to, subject) == (OWN, "Код підтвердження вашої пошти")
    assert message["List-Unsubscribe"] is None
    assert code_in(text) not in subject
    assert client.post(f"{HERE}email/code/", {"code": code_in(text)})["Location"] == HERE
    shown = page(client.get(HERE))
    assert "Підтверджено" in shown
    assert OWN in shown
    assert "old@example.com" not in shown
    *_, (to, subject, text, _) = letters()
    assert (to, subject) == ("old@example.com", "Вашу пошту на платформі змінено")
    assert OWN not in text


def test_a_replaced_and_a_removed_address_hear_of_it_there(me, client, letters):
    client.post(f"{HERE}email/", {"address": OWN})
    client.post(f"{HERE}email/code/", {"code": code_in(letters()[-1][2])})
    assert letters()[-1][:2] == ("old@example.com", "Вашу пошту на платформі змінено")
    Contact.objects.update(asked_at=datetime.now(UTC) - timedelta(hours=1))
    client.post(f"{HERE}email/", {"address": "third@example.com"})
    client.post(f"{HERE}email/code/", {"code": code_in(letters()[-1][2])})
    assert letters()[-1][:2] == (OWN, "Вашу пошту на платформі змінено")
    client.post(f"{HERE}email/remove/")
    assert letters()[-1][:2] == ("third@example.com", "Вашу пошту прибрано з платформи")
    assert "old@example.com" in page(client.get(HERE))


def test_a_code_comes_even_to_who_wants_no_letters_and_whose_mail_came_back(me, client, letters):
    choose_topics(me.pk, [], now=datetime.now(UTC))
    client.post(f"{HERE}email/", {"address": OWN})
    assert letters()[-1][0] == OWN
    notice = Notice.objects.get()
    Bounce.objects.create(
        community_id=notice.community_id, notice_id=notice.id, person_id=me.pk, at=datetime.now(UTC),
        address_mark=notice.address_mark, is_permanent=True,
    )  # fmt: skip
    client.post(f"{HERE}email/code/", {"code": code_in(letters()[-1][2])})
    letters()
    assert Bounce.objects.get().settled_at is not None


def test_a_late_code_is_not_sent(me, client, letters):
    client.post(f"{HERE}email/", {"address": OWN})
    Contact.objects.update(expires_at=datetime.now(UTC))
    assert letters() == []
    assert Notice.objects.values_list("state", "reply").get() == (MailState.NOT_MAILED, "late")


def test_a_wrong_code_keeps_what_was_typed_and_says_how_many_tries_are_left(me, client, letters):
    client.post(f"{HERE}email/", {"address": OWN})
    code = code_in(letters()[-1][2])
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    shown = page(client.post(f"{HERE}email/code/", {"code": wrong}), status=422)
    assert f"лишилося спроб — {MOST_TRIES - 1}" in shown
    assert wrong in shown
    for _ in range(MOST_TRIES - 1):
        shown = page(client.post(f"{HERE}email/code/", {"code": wrong}), status=422)
    assert "Попросіть новий код" in shown
    page(client.post(f"{HERE}email/code/", {"code": code}), status=422)
    assert client.post(f"{HERE}email/give-up/")["Location"] == f"{HERE}email/"
    assert client.get(f"{HERE}email/code/")["Location"] == f"{HERE}email/"


@pytest.mark.parametrize(
    "typed", ["", "olena", "a@b.ua\r\nBcc: all@example.com", "x" * 300 + "@example.com", "\x00@e.ua"]
)
def test_a_bad_address_is_refused_with_a_sentence(me, client, typed):
    assert "Виправте помилки" in page(client.post(f"{HERE}email/", {"address": typed}), status=422)
    assert not Contact.objects.exists()


def test_only_mail_and_telephone_are_contacts(me, client):
    for path in ("fax/", "fax/code/", "email1/"):
        page(client.get(HERE + path), status=404)
    page(client.post(f"{HERE}fax/remove/"), status=404)
    page(client.post(f"{HERE}phone/remove/"), status=404)


def test_my_data_and_the_copy_name_the_address(me, client, letters):
    client.post(f"{HERE}email/", {"address": OWN})
    client.post(f"{HERE}email/code/", {"code": code_in(letters()[-1][2])})
    assert "Адреси, які ви підтвердили" in page(client.get("/zhytomyr/cabinet/my-data/"))
    assert OWN in client.post("/zhytomyr/cabinet/my-data/copy/json/").content.decode()
