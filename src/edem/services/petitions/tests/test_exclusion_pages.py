"""The pages on which officers look for fraud and decide, and what everybody reads of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import forget_all_jobs, run_jobs
from edem.foundation.notices.models import Notice
from edem.services.petitions.actions.excluding import confirm_exclusion, propose_exclusion, propose_return
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Exclusion, Petition
from edem.services.petitions.rules.bursts import MOST_BARS, STEPS, step_for
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import new_signature, staff
from edem.services.petitions.tests.test_exclusions import proposal

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script>"
WHY = "Дванадцять підписів за дванадцять секунд з одного пристрою."


@pytest.fixture
def burst(now):
    return (now - timedelta(hours=5)).replace(second=0, microsecond=0)


@pytest.fixture
def petition(collecting, resident, now, burst):
    petition = collecting(required=20, author=resident)
    people = [new_signature(petition, arrived_at=burst - timedelta(minutes=7 * n)) for n in range(1, 9)]
    people += [new_signature(petition, who=f"Марія {n}", arrived_at=burst + timedelta(seconds=n)) for n in range(12)]
    add_signatures(people)
    petition.refresh_from_db()
    return petition


@pytest.fixture
def officer(client, community):
    worker = staff(community, "officer")
    client.sign_in(worker)
    return worker


@pytest.fixture
def second(community):
    return staff(community, "officer")


@pytest.fixture
def proposed(petition, officer, now):
    return propose_exclusion(petition.pk, proposal(petition, name="Марія", reason=WHY), by=officer, now=now)


def typed_moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S")


def hidden(page, name):
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_without_conditions_the_whole_list_is_shown_and_nothing_can_be_proposed(petition, officer, read):
    page = read(f"{petition.pk}/exclusions/choose/")
    assert "Вкажіть хоч одну умову" in page
    assert "Хвилини, коли підписували найбільше" in page
    assert "Запропонувати виключити" not in page


def test_the_busiest_minute_leads_to_the_burst_itself(petition, officer, read, client, burst):
    page = read(f"{petition.pk}/exclusions/choose/")
    link = page.split("Хвилини, коли підписували найбільше")[-1].split('<th scope="row"><a href="')[1].split('"')[0]
    narrowed = read(f"{petition.pk}/exclusions/choose/{link}")
    assert "підписів вибрано: 60 %" in narrowed
    assert f'value="{typed_moment(burst)}"' in narrowed
    assert narrowed.count("Марія") == 12
    assert "Підписів стане менше, ніж потрібно." in narrowed


def test_what_was_previewed_is_what_is_proposed(petition, officer, read, send, burst):
    address = f"{petition.pk}/exclusions/choose/?since={typed_moment(burst)}"
    page = read(address)
    assert "Запропонувати виключити 12 підписів" in page
    seen = {"last_ordinal": hidden(page, "last_ordinal"), "digest": hidden(page, "digest")}
    led = send(address, seen | {"ground": "automated", "reason": WHY})
    exclusion = Exclusion.objects.get()
    assert led == f"/zhytomyr/petitions/{petition.pk}/exclusions/{exclusion.pk}/"
    assert (exclusion.count, exclusion.reason, exclusion.proposed_by) == (12, WHY, officer)
    assert "Це ваша пропозиція" in read(led.removeprefix("/zhytomyr/petitions/"))


def test_a_set_that_changed_is_shown_anew_and_may_be_proposed_then(petition, officer, second, read, send, burst, now):
    address = f"{petition.pk}/exclusions/choose/?since={typed_moment(burst)}"
    page = read(address)
    seen = {"last_ordinal": hidden(page, "last_ordinal"), "digest": hidden(page, "digest")}
    other = propose_exclusion(petition.pk, proposal(petition, name="Марія 11"), by=officer, now=now)
    confirm_exclusion(other, by=second, now=now)
    typed = {"ground": "automated", "reason": WHY}
    again = send(address, seen | typed, status=422)
    assert "Склад підписів змінився" in again
    assert WHY in again
    seen = {"last_ordinal": hidden(again, "last_ordinal"), "digest": hidden(again, "digest")}
    send(address, seen | typed)
    assert Exclusion.objects.latest("pk").count == 11


@pytest.mark.parametrize(("query", "sentence"), [
    ("since=2026-03-02T10:00:00&until=2026-03-01T10:00:00", "Кінець проміжку раніший за початок"),
    ("since=вчора", "Виправте помилки"),
    ("repeats=1", "Виправте помилки"),
    ("repeats=99999999999999999999", "Виправте помилки"),
    ("channel=голуб", "Виправте помилки"),
    ("since=0001-01-01T00:00:00", "20 підписів"),
    ("name=%00", ""),
    ("name=немає", "За цими умовами підписів немає"),
])  # fmt: skip
def test_conditions_that_make_no_sense_get_a_sentence(petition, officer, client, query, sentence):
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/exclusions/choose/?{query}")
    assert answer.status_code in {200, 422}
    assert sentence in answer.content.decode()


def test_a_proposal_half_told_keeps_what_was_typed(petition, officer, read, send, burst):
    address = f"{petition.pk}/exclusions/choose/?since={typed_moment(burst)}"
    page = read(address)
    seen = {"last_ordinal": hidden(page, "last_ordinal"), "digest": hidden(page, "digest")}
    assert "Заповніть" in send(address, seen | {"ground": "automated"}, status=422)
    assert "Виберіть" in send(address, seen | {"reason": WHY}, status=422)
    send(address, seen | {"ground": "automated", "reason": WHY, "digest": "0"}, status=422)
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("mayor", 403), ("moderator", 403), ("auditor", 403)])
def test_only_officers_choose(client, community, petition, read, role, status):
    client.sign_in(staff(community, role))
    read(f"{petition.pk}/exclusions/choose/", status=status)
    read(f"{petition.pk}/exclusions/")


def test_residents_and_other_communities_have_no_way_in(client, petition, proposed, resident, collecting, read):
    client.sign_in(resident)
    for path in ("", "choose/", f"{proposed}/", f"{proposed}/confirm/"):
        read(f"{petition.pk}/exclusions/{path}", status=403)
    client.logout()
    client.sign_in(staff(CommunityFactory(), "officer"))
    read(f"{petition.pk}/exclusions/{proposed}/", status=403)


def test_an_exclusion_of_another_petition_is_not_found_here(petition, proposed, collecting, officer, read):
    other = collecting()
    read(f"{other.pk}/exclusions/{proposed}/", status=404)
    read(f"{petition.pk}/exclusions/{proposed + 100}/", status=404)


def test_the_second_person_sees_the_same_and_confirms(client, petition, proposed, second, read, send):
    client.sign_in(second)
    page = read(f"{petition.pk}/exclusions/{proposed}/")
    for words in (WHY, "Підписано автоматично", Exclusion.objects.get().digest, "Марія 3", "Запропоновано виключити"):
        assert words in page
    assert "лишиться <b>8</b> з 20" in page
    read(f"{petition.pk}/exclusions/{proposed}/confirm/")
    send(f"{petition.pk}/exclusions/{proposed}/confirm/")
    assert Petition.objects.get(pk=petition.pk).signature_count == 8
    assert "Підписи виключено" in read(f"{petition.pk}/exclusions/{proposed}/")
    read(f"{petition.pk}/exclusions/{proposed}/confirm/", status=404)


def test_the_proposer_is_not_offered_to_confirm(petition, proposed, officer, read, send):
    page = read(f"{petition.pk}/exclusions/{proposed}/")
    assert f"/{proposed}/decline/" in page
    assert f"/{proposed}/confirm/" not in page
    send(f"{petition.pk}/exclusions/{proposed}/confirm/", status=404)
    assert Exclusion.objects.get().standing == "proposed"


def test_declining_needs_a_reason(client, petition, proposed, second, send, read):
    client.sign_in(second)
    assert "Заповніть" in send(f"{petition.pk}/exclusions/{proposed}/decline/", {"note": ""}, status=422)
    send(f"{petition.pk}/exclusions/{proposed}/decline/", {"note": "Це шкільний гурток."})
    assert "Це шкільний гурток." in read(f"{petition.pk}/exclusions/{proposed}/")


def test_everybody_reads_what_was_excluded_and_why(client, petition, proposed, second, read, send, now):
    client.logout()
    assert "Виключені підписи" not in read(f"{petition.pk}/")
    confirm_exclusion(proposed, by=second, now=now)
    card = read(f"{petition.pk}/")
    for words in ("Виключено 12 підписів", "Підписано автоматично", WHY, "ст. 23-1"):
        assert words in card
    assert "Марія 3" not in read(f"{petition.pk}/signers/")
    propose_return(proposed, by=second, now=now, note="Це був шкільний гурток.")
    client.sign_in(staff(petition.community, "mayor"))
    send(f"{petition.pk}/exclusions/{proposed}/return/")
    client.logout()
    card = read(f"{petition.pk}/")
    assert "Повернено 12 підписів" in card
    assert "Це був шкільний гурток." in card


def test_an_excluded_signer_reads_why_and_whom_to_write_to(client, petition, resident, officer, second, read, now):
    petition.community.contact_email = "rada@example.org"
    petition.community.save()
    add_signatures([new_signature(petition, who="сама", person_id=resident.pk, public_name="Оксана", arrived_at=now)])
    petition.refresh_from_db()
    mine = propose_exclusion(petition.pk, proposal(petition, name="Оксана"), by=officer, now=now)
    client.sign_in(resident)
    assert "Ви підписали цю петицію" in read(f"{petition.pk}/")
    confirm_exclusion(mine, by=second, now=now)
    card = read(f"{petition.pk}/")
    assert "Ваш підпис виключено з підрахунку" in card
    assert "rada@example.org" in card
    assert "Ви підписали цю петицію" not in card
    assert "Підписати петицію" not in card


def test_a_shortfall_is_said_to_everybody_and_decided_at_the_desk(client, petition, officer, second, read, send, now):
    Petition.objects.filter(pk=petition.pk).update(state=State.REACHED, reached_at=now, due_at=now + timedelta(days=1))
    petition.refresh_from_db()
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="Марія"), by=officer, now=now)
    confirm_exclusion(exclusion, by=second, now=now)
    case = read(f"{petition.pk}/case/")
    assert "Дійсних підписів 8, а потрібно 20" in case
    assert "/case/collect_on/" in case
    assert "/case/count_short/" not in case
    send(f"{petition.pk}/case/collect_on/", {"note": "Строк ще триває, збирайте далі."})
    client.logout()
    card = read(f"{petition.pk}/")
    assert "Строк ще триває, збирайте далі." in card
    assert "Дійсних підписів 8" not in card


def test_the_desk_queues_what_waits(client, petition, proposed, second, community):
    client.sign_in(second)
    desk = client.get("/zhytomyr/desk/").content.decode()
    assert f"/zhytomyr/petitions/{petition.pk}/exclusions/{proposed}/" in desk


def test_letters_go_to_the_second_person_the_author_and_the_followers(
    petition, officer, second, resident, now, community
):
    forget_all_jobs()
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="Марія"), by=officer, now=now)
    run_jobs(now=now)
    asked = Notice.objects.filter(template="petitions/mail/exclusion/to_decide.html")
    assert list(asked.values_list("person_id", flat=True)) == [second.pk]
    confirm_exclusion(exclusion, by=second, now=now)
    run_jobs(now=now)
    told = Notice.objects.filter(template="petitions/mail/exclusion/excluded.html")
    assert list(told.values_list("person_id", flat=True)) == [resident.pk]


def test_what_was_typed_comes_out_as_text(client, petition, officer, second, now):
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="Марія", reason=TRICK), by=officer, now=now)
    confirm_exclusion(exclusion, by=second, now=now)
    for path in ("", "case/", "exclusions/", f"exclusions/{exclusion}/", f"exclusions/choose/?name={TRICK}"):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{petition.pk}/{path}").content.decode()


def test_any_span_fits_the_chart():
    for days in (0, 0.0001, 0.01, 0.4, 1, 6, 40, 90, 300):
        span = timedelta(days=days)
        assert span / step_for(span) < MOST_BARS or step_for(span) == STEPS[-1]
