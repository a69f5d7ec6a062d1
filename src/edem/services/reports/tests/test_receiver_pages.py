"""The administrator's pages about organisations' own servers."""

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.people.roles import Role
from edem.services.reports.models import Forwarding, Receiver
from edem.services.reports.rules.forwarding import Stage
from edem.services.reports.tests.factories import staff

pytestmark = pytest.mark.django_db
SETTINGS = {"url": "https://311.example.ua/v2/", "form": "json", "service_code": "other", "api_key": "s3cret-key",
            "services": "3.8 = PIT\n\n2 = CITY", "is_on": "on"}  # fmt: skip


@pytest.fixture
def admin(client, community):
    person = staff(community, Role.COMMUNITY_ADMIN)
    client.sign_in(person)
    return person


def test_the_administrator_settles_a_server_and_the_key_is_never_shown_again(admin, roads, read, send):
    assert "КП «Дороги громади»" in read("receivers/")
    send(f"receivers/{roads.pk}/", SETTINGS)
    receiver = Receiver.objects.get()
    assert (receiver.url, receiver.services) == ("https://311.example.ua/v2", {"3.8": "PIT", "2": "CITY"})
    assert "s3cret-key" not in receiver.api_key
    shown = read(f"receivers/{roads.pk}/")
    assert "3.8 = PIT" in shown
    assert "s3cret-key" not in shown
    assert AuditEntry.objects.filter(act="report.receiver_settled", person=admin).count() == 1
    assert "https://311.example.ua/v2" in read("receivers/")


def test_the_log_names_the_organisation_whose_server_it_is(admin, roads, client, send):
    send(f"receivers/{roads.pk}/", SETTINGS)
    log = client.get(f"/{roads.community.slug}/desk/log/").content.decode()
    assert "Сервер Open311 організації: КП «Дороги громади»" in log


def test_what_is_wrong_is_said_on_the_form_and_nothing_is_kept(admin, roads, send):
    for changes, words in (
        ({"url": "http://311.example.ua/v2"}, "Вкажіть адресу сервера з https"),
        ({"services": "9.9 = X"}, "Категорії 9.9 у громаді немає"),
        ({"service_code": ""}, "Заповніть"),
    ):
        assert words in send(f"receivers/{roads.pk}/", SETTINGS | changes, status=422)
    assert not Receiver.objects.exists()


def test_a_refused_report_is_sent_again_from_the_page(admin, roads, report, read, send, now):
    send(f"receivers/{roads.pk}/", SETTINGS)
    forwarding = Forwarding.objects.create(
        assignment=report.assignments.get(), receiver=Receiver.objects.get(), report=report, stage=Stage.REFUSED,
        made_at=now, fault="400 Невідома категорія",
    )  # fmt: skip
    assert "400 Невідома категорія" in read(f"receivers/{roads.pk}/")
    send(f"receivers/again/{forwarding.pk}/")
    forwarding.refresh_from_db()
    assert forwarding.stage == Stage.WAITING


def test_others_may_not_and_foreign_organisations_are_not_there(client, community, roads, admin):
    assert client.get("/zhytomyr/reports/receivers/999999/").status_code == 404
    client.sign_in(staff(community, Role.CONTROL))
    assert client.get("/zhytomyr/reports/receivers/").status_code == 403
