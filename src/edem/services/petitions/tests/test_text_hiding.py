"""A published text is taken down only where a law forbids its words: in public, and shown again only by another."""

import html
from datetime import timedelta

import pytest

from edem.foundation.events.testing import run_jobs
from edem.foundation.moderation.actions import report_content
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.moderation.rules import ReportReason, Subject
from edem.foundation.notices.models import Notice
from edem.foundation.search.models import Document
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.petitions.actions.hiding import show_text
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.jobs import forget_hidden_texts
from edem.services.petitions.models import Petition, TextHiding
from edem.services.petitions.rules.hiding import KEPT_FOR
from edem.services.petitions.tests.factories import come_identified, staff

pytestmark = pytest.mark.django_db
SECRET = "Гнатюк Петро, Садова 5"
WHY = "У назві чужа адреса."


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def petition(collecting):
    petition = collecting(title=f"Покарати {SECRET}", essence=f"{SECRET} шумить.", demand=f"Оштрафувати {SECRET}.")
    index(petition)
    return petition


@pytest.fixture
def hide(client, community, petition, resident, moderator, now):
    """A reader reports it; the moderator takes it down on the common page."""

    def hide(*, ground="personal_data", status=302):
        report_content(
            Subject(service="petitions", kind="petition", subject_id=str(petition.pk)), community_id=community.pk,
            title=petition.title, path=f"/moderation/petitions/petition/{petition.pk}/", reporter=resident,
            reason=ReportReason.PERSONAL_DATA, words="", now=now,
        )  # fmt: skip
        client.sign_in(moderator)
        typed = {"decision": "hide", "ground": ground, "reason": WHY}
        answer = client.post(f"/zhytomyr/moderation/petitions/petition/{petition.pk}/", typed)
        assert answer.status_code == status, answer.content.decode()[-1500:]
        client.logout()
        return html.unescape(answer.content.decode())

    return hide


PAGES = ("", "moderation/", "petitions/", "petitions/?state=all&q=Покарати", "petitions/feed.atom",
         "search/?q=Покарати", "petitions/statistics/", "petitions/similar/?q=Покарати за шум на Садовій")  # fmt: skip


def test_the_words_are_nowhere_and_the_rest_stays(client, petition, hide):
    hide()
    own = f"petitions/{petition.pk}/"
    for path in (*PAGES, own, f"{own}signers/", f"api/v1/petitions/{petition.pk}"):
        assert "Гнатюк" not in html.unescape(client.get(f"/zhytomyr/{path}").content.decode()), path
    card = html.unescape(client.get(f"/zhytomyr/{own}").content.decode())
    assert "Текст приховав модератор" in card
    assert WHY in card
    assert "Чужі персональні дані" in card
    assert not Document.objects.filter(title__contains="Гнатюк").exists()


def test_the_public_log_says_what_was_hidden_why_and_where_it_stood(client, petition, hide):
    hide()
    log = html.unescape(client.get("/zhytomyr/moderation/").content.decode())
    assert WHY in log
    assert f'<a href="/zhytomyr/petitions/{petition.pk}/">Петиція</a>' in log


def test_what_is_only_off_the_point_stays_where_it_was_published(petition, hide):
    assert "Виправте помилки" in hide(ground="off_topic", status=422)
    petition.refresh_from_db()
    assert SECRET in petition.title
    assert not TextHiding.objects.exists()
    assert not ModerationCase.objects.exclude(decided_at=None).exists()


def test_nobody_signs_what_they_cannot_read(client, petition, hide, resident):
    hide()
    come_identified(client, resident)
    assert f"/petitions/{petition.pk}/sign/" not in client.get(f"/zhytomyr/petitions/{petition.pk}/").content.decode()
    answer = client.post(f"/zhytomyr/petitions/{petition.pk}/sign/", {"agree": "on"})
    assert answer.status_code == 422
    assert "тимчасово приховано" in answer.content.decode()
    petition.refresh_from_db()
    assert petition.signature_count == 0


def test_its_author_and_the_control_body_are_told_without_the_words(community, petition, hide, now):
    control = staff(community, "control_body")
    hide()
    run_jobs(now=now + timedelta(minutes=1))
    told = Notice.objects.filter(template="petitions/mail/text_hidden.html")
    assert {each.person_id for each in told} == {petition.author_id, control.pk}
    assert all("Гнатюк" not in f"{each.subject}{each.facts}" for each in told)


def test_only_another_worker_shows_it_again_and_everybody_reads_why(
    client, community, petition, hide, moderator, send, read, now
):
    hide()
    with pytest.raises(NotAllowed, match="shown_by_another"):
        show_text(petition.pk, note="Помилка", by=moderator, now=now)
    client.sign_in(moderator)
    assert "лише інший працівник" in read(f"{petition.pk}/text/")
    client.logout()

    client.sign_in(staff(community, "officer"))
    assert SECRET in read(f"{petition.pk}/text/")
    assert "Виправте помилки" in send(f"{petition.pk}/text/", {"note": ""}, status=422)
    send(f"{petition.pk}/text/", {"note": "Це адреса установи."})
    client.logout()
    card = read(f"{petition.pk}/")
    assert SECRET in card
    assert WHY in card
    assert "Це адреса установи." in card
    assert Petition.objects.get(pk=petition.pk).text_hidden_at is None
    assert Document.objects.filter(title__contains="Гнатюк").exists()
    run_jobs(now=now + timedelta(minutes=2))
    assert Notice.objects.filter(template="petitions/mail/text_shown.html", person_id=petition.author_id).exists()


def test_after_a_year_the_words_go_and_that_there_were_some_stays(client, community, petition, hide, read, now):
    hide()
    year = now + KEPT_FOR
    forget_hidden_texts(year - timedelta(days=1))
    assert SECRET in TextHiding.objects.get().title
    forget_hidden_texts(year + timedelta(minutes=1))
    hiding = TextHiding.objects.get()
    assert (hiding.title, hiding.essence, hiding.demand) == ("", "", "")
    officer = staff(community, "officer")
    with pytest.raises(Conflict, match="text_is_erased"):
        show_text(petition.pk, note="Помилка", by=officer, now=year)
    client.sign_in(officer)
    assert "минув рік" in read(f"{petition.pk}/text/")
    client.logout()
    assert WHY in read(f"{petition.pk}/")


def test_a_text_that_is_not_hidden_has_no_such_page(client, community, petition, read):
    client.sign_in(staff(community, "moderator"))
    read(f"{petition.pk}/text/", status=404)
