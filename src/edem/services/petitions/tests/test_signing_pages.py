"""Signing and following by plain forms."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver

from edem.config.testing.clients import PlatformClient
from edem.foundation.communities.models import CharterVersion
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.models import Subscription
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, come_identified, staff

pytestmark = pytest.mark.django_db
AGREE = {"agree": "on"}


def test_a_visitor_signs_in_and_comes_back_to_sign(petition, client):
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/sign/")
    assert answer["Location"] == f"/zhytomyr/sign-in/?next=%2Fzhytomyr%2Fpetitions%2F{petition.pk}%2Fsign%2F"


def test_a_member_signs_and_is_thanked(petition, client, resident, read, send):
    come_identified(client, resident)
    assert resident.display_name in read(f"{petition.pk}/sign/")
    assert send(f"{petition.pk}/sign/", AGREE) == f"/zhytomyr/petitions/{petition.pk}/thanks/"
    assert "Ваш підпис зараховано" in read(f"{petition.pk}/thanks/")
    assert "Ще 9 підписів" in read(f"{petition.pk}/thanks/")
    assert f"/petitions/{petition.pk}/share/" in read(f"{petition.pk}/thanks/"), "who signed is the one to tell others"
    assert "Ви підписали цю петицію" in read(f"{petition.pk}/")
    assert resident.display_name in read(f"{petition.pk}/signers/")
    signature = Signature.objects.get()
    assert (signature.person_id, signature.channel, signature.assurance) == (resident.pk, "form", "bank_id")
    assert not Subscription.objects.exists()


def test_nobody_is_thanked_for_a_signature_that_is_not_there(petition, client, resident):
    come_identified(client, resident)
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/thanks/")
    assert (answer.status_code, answer["Location"]) == (302, f"/zhytomyr/petitions/{petition.pk}/")


def test_whoever_asks_to_be_written_to_follows(petition, client, resident, send):
    come_identified(client, resident)
    send(f"{petition.pk}/sign/", AGREE | {"follow": "on"})
    assert Subscription.objects.get().person_id == resident.pk


def test_the_last_signature_takes_the_petition_over_the_threshold(collecting, client, resident, send, read):
    almost = collecting(one_signature_short=True)
    come_identified(client, resident)
    send(f"{almost.pk}/sign/", AGREE)
    almost.refresh_from_db()
    assert almost.state == State.REACHED
    assert "Підписів уже досить" in read(f"{almost.pk}/thanks/")


def test_without_consent_nothing_is_signed(petition, client, resident, send):
    come_identified(client, resident)
    assert "Без згоди підпис не може бути враховано" in send(f"{petition.pk}/sign/", {"follow": "on"}, status=422)
    assert not Signature.objects.exists()


def test_a_second_signature_is_refused_in_words(petition, client, resident, read, send):
    come_identified(client, resident)
    send(f"{petition.pk}/sign/", AGREE)
    assert "Ви вже підписали цю петицію" in send(f"{petition.pk}/sign/", AGREE, status=422)
    assert Petition.objects.get().signature_count == 1


def test_somebody_from_elsewhere_is_told_who_signs(petition, client, send, now):
    come_identified(client, identified_resident(PetitionFactory().community, since=now - timedelta(days=2)))
    assert "мешканці громади" in send(f"{petition.pk}/sign/", AGREE, status=422)
    assert not Signature.objects.exists()


def test_somebody_from_elsewhere_reads_what_to_do_and_no_empty_list_of_mistakes(petition, client, read, now):
    come_identified(client, identified_resident(PetitionFactory().community, since=now - timedelta(days=2)))
    page = read(f"{petition.pk}/sign/")
    assert "Поки що ви не можете підписати" in page
    assert "/sign-in/why/?age=" in page
    assert "Виправте помилки" not in page


def test_an_ended_collection_takes_no_signature(collecting, client, resident, send, now):
    ended = collecting(published_at=now - timedelta(days=90), closes_at=now - timedelta(seconds=1))
    come_identified(client, resident)
    assert "Збір підписів завершено" in send(f"{ended.pk}/sign/", AGREE, status=422)


@pytest.mark.parametrize("state", [State.ANSWERED, State.APPEAL, State.REJECTED, State.FULFILLED])
def test_what_does_not_collect_takes_no_signature(collecting, client, resident, send, state, now):
    petition = collecting(state=state, answered_at=now)
    come_identified(client, resident)
    assert "зараз не збирає підписів" in send(f"{petition.pk}/sign/", AGREE, status=422)
    assert not Signature.objects.exists()


def test_the_age_of_the_charter_is_kept(collecting, client, community, send, now, resident):
    charter = CharterVersion.objects.get(community=community)
    strict = CharterVersion.objects.create(
        community=community, service="petitions", version=2, in_force_from=now, act_title="Рішення", act_number="2",
        act_date=now.date(), values=charter.values | {"minimum_age": 90}, clauses={},
    )  # fmt: skip
    petition = collecting(charter=strict)
    come_identified(client, resident)
    assert "з 90 років" in send(f"{petition.pk}/sign/", AGREE, status=422)


def test_following_is_asked_for_and_taken_back(petition, client, resident, read, send):
    come_identified(client, resident)
    assert "Стежити" in read(f"{petition.pk}/")
    for _ in range(2):
        assert send(f"{petition.pk}/follow/") == f"/zhytomyr/petitions/{petition.pk}/"
    assert Subscription.objects.count() == 1
    assert "Не стежити" in read(f"{petition.pk}/")
    send(f"{petition.pk}/unfollow/")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("path", ["follow/", "unfollow/"])
def test_following_is_no_link(petition, client, resident, read, path):
    come_identified(client, resident)
    read(f"{petition.pk}/{path}", status=405)


def test_without_its_token_no_form_is_taken(petition, resident):
    wary = PlatformClient(enforce_csrf_checks=True)
    wary.sign_in(resident)
    for path in ("sign/", "follow/"):
        answer = wary.post(f"/zhytomyr/petitions/{petition.pk}/{path}", AGREE)
        assert answer.status_code == 403
    assert not Signature.objects.exists()
    assert not Subscription.objects.exists()


def patterns_with_an_id():
    service = get_resolver("edem.services.petitions.web.urls")
    return [str(each.pattern) for each in service.url_patterns if "petition_id" in str(each.pattern)]


def test_another_communitys_petition_is_no_petition_here_whatever_is_asked(community, now):
    elsewhere = PetitionFactory(collecting=True, closes_at=now + timedelta(days=9))
    worker = staff(community, "moderator", "officer", "mayor", "community_admin")
    outside = staff(elsewhere.community, "moderator", "officer", "mayor")
    readers = [identified_resident(community, since=now - timedelta(days=2)), worker, elsewhere.author]
    assert len(patterns_with_an_id()) > 50
    for reader in readers:
        client = PlatformClient()
        client.sign_in(reader)
        for pattern in patterns_with_an_id():
            path = re.sub(r"<(?:int:)?\w+_id>", str(elsewhere.pk), pattern)
            path = re.sub(r"<slug:\w+>", "publish", path)
            path = re.sub(r"<\w+:\w+>", "1", path)
            for method in (client.get, client.post):
                answer = method(f"/zhytomyr/petitions/{path}", AGREE)
                wanted = {404, 405, 403}  # 403 where the reader holds no role for that page
                if path.endswith("/sign/") and method == client.post:
                    wanted = {404, 422}
                assert answer.status_code in wanted, (path, answer.status_code)
    client = PlatformClient()
    client.sign_in(outside)
    assert client.get(f"/zhytomyr/petitions/{elsewhere.pk}/case/").status_code == 403
    assert not Signature.objects.exists()
    assert not Subscription.objects.exists()


def test_a_password_alone_signs_nothing(petition, client, resident, send):
    client.sign_in(resident)
    send(f"{petition.pk}/sign/", AGREE, status=422)
    assert not Signature.objects.exists()
