import pytest

from edem.foundation.notices.actions import choose_topics, mark_read, send_notice
from edem.foundation.notices.models import Notice
from edem.foundation.notices.queries import is_mailed, mail_choices, notices_of, unread_notices_count
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tokens import Letters, seal
from edem.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(resident):
    return f"/mail/unsubscribe/{seal(Letters(resident.pk, 'lamps'))}/"


def test_letters_come_until_someone_says_no(resident):
    assert all(mail_choices(resident.pk).values())
    choose_topics(resident.pk, ["account"], now=NOW)
    choices = mail_choices(resident.pk)
    assert (choices["account"], choices["lamps"]) == (True, False)


def test_an_unknown_topic_is_refused(resident):
    with pytest.raises(Invalid):
        choose_topics(resident.pk, ["weather"], now=NOW)


def test_looking_at_the_page_changes_nothing(client, resident, address):
    page = client.get(address)
    assert page.status_code == 200
    assert "Ліхтарі на моїй вулиці" in page.content.decode()
    assert is_mailed(resident.pk, "lamps")


def test_a_mail_program_unsubscribes_with_one_post(client, resident, address):
    done = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert not is_mailed(resident.pk, "lamps")


def test_a_resident_may_change_their_mind_on_the_page(client, resident, address):
    client.post(address, {"mail": "off"})
    assert not is_mailed(resident.pk, "lamps")
    page = client.post(address, {"mail": "on"})
    assert is_mailed(resident.pk, "lamps")
    assert "Листи знову надходитимуть" in page.content.decode()


def test_a_broken_link_says_where_to_go_instead(client):
    page = client.get("/mail/unsubscribe/broken/")
    assert page.status_code == 404


def test_the_cabinet_lists_what_was_told(resident, community):
    send_notice(resident.pk, lamp_lit(5), community=community, now=NOW)
    send_notice(resident.pk, lamp_lit(6, title="Парк"), community=community, now=NOW.replace(hour=13))
    assert [notice.subject for notice in notices_of(resident.pk)] == [
        "Ліхтар «Парк» засвічено",
        "Ліхтар «Біля школи» засвічено",
    ]
    assert unread_notices_count(resident.pk) == 2
    mark_read(resident.pk, now=NOW.replace(hour=12, minute=30))
    assert unread_notices_count(resident.pk) == 1


def test_a_notice_of_an_undeclared_topic_is_a_bug(resident, community, monkeypatch):
    from edem.foundation.notices import topics

    monkeypatch.delitem(topics.OWN, "lamps")
    with pytest.raises(ValueError, match="no manifest"):
        send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    assert not Notice.objects.exists()


def test_each_reads_in_their_own_language(resident, community):
    resident.language = "en"
    resident.save()
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    assert Notice.objects.get().language == "en"
