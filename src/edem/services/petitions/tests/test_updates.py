"""The author's news: a moderator reads it, then followers get one letter each, and the card and the feed show it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.testing import run_jobs
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.actions.following import follow
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import PetitionUpdate
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.updates import UPDATE_MAX, check_may_tell, tidy_update
from edem.services.petitions.tests.factories import MARCH_1, staff

TRICK = "<script>alert(1)</script> \u202e"
NEWS = "Депутати обіцяють розглянути це на сесії. Приходьте у вівторок."
DAY = timedelta(days=1)

database = pytest.mark.django_db


@pytest.fixture
def own(collecting, resident, client):
    client.logout()
    client.sign_in(resident)
    return collecting(author=resident)


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def decide(client, own, moderator):
    def decide(**typed):
        update = PetitionUpdate.objects.order_by("-pk").first()
        reader = own.author
        client.logout()
        client.sign_in(moderator)
        answer = client.post(f"/zhytomyr/moderation/petitions/update/{update.pk}/", typed)
        assert answer.status_code == 302, answer.content.decode()
        client.logout()
        client.sign_in(reader)
        return update

    return decide


@database
def test_followers_get_one_letter_and_everybody_reads_it(own, send, decide, read, client, now):
    follower = PersonFactory()
    follow(own, by=follower, now=now)
    send(f"{own.pk}/news/", {"text": NEWS})
    client.logout()
    assert NEWS not in read(f"{own.pk}/")
    decide(decision="approve")
    run_jobs(now=now + timedelta(minutes=1))
    run_jobs(now=now + timedelta(minutes=2))
    letters = Notice.objects.filter(person_id=follower.pk, template="petitions/mail/news.html")
    assert letters.count() == 1
    client.logout()
    assert NEWS in read(f"{own.pk}/")
    assert NEWS in read("feed.atom")


@database
def test_a_moderator_is_told_and_finds_it_in_the_case(own, send, client, moderator, now):
    send(f"{own.pk}/news/", {"text": NEWS})
    run_jobs(now=now + timedelta(minutes=1))
    [letter] = Notice.objects.filter(person_id=moderator.pk)
    client.logout()
    client.sign_in(moderator)
    assert NEWS in client.get(f"/zhytomyr{letter.path}").content.decode()


@database
def test_a_refusal_names_its_ground_to_the_author_and_to_the_log(own, send, decide, read, client, now):
    send(f"{own.pk}/news/", {"text": NEWS})
    decide(decision="hide", ground="advertising", reason="Це реклама магазину.")
    run_jobs(now=now + timedelta(minutes=1))
    assert Notice.objects.filter(person_id=own.author_id, template="petitions/mail/text_refused.html").count() == 1
    assert "Реклама" in read(f"{own.pk}/news/")
    client.logout()
    assert NEWS not in read(f"{own.pk}/")
    assert "Це реклама магазину." in client.get("/zhytomyr/moderation/").content.decode()


@database
def test_a_refusal_without_ground_or_reason_is_not_taken(own, send, client, moderator):
    send(f"{own.pk}/news/", {"text": NEWS})
    update = PetitionUpdate.objects.get()
    client.logout()
    client.sign_in(moderator)
    for typed in ({"decision": "hide"}, {"decision": "hide", "ground": "untrue"}, {"decision": "burn"}):
        assert client.post(f"/zhytomyr/moderation/petitions/update/{update.pk}/", typed).status_code == 422
    assert ModerationCase.objects.get().decided_at is None


@database
def test_news_comes_once_a_week_and_not_while_one_waits(own, send, decide):
    send(f"{own.pk}/news/", {"text": NEWS})
    assert "вже на перевірці" in send(f"{own.pk}/news/", {"text": NEWS}, status=422)
    decide(decision="approve")
    assert "не надто часто" in send(f"{own.pk}/news/", {"text": NEWS}, status=422)
    PetitionUpdate.objects.update(written_at=own.published_at - 7 * DAY)
    send(f"{own.pk}/news/", {"text": NEWS})


@database
def test_what_was_refused_does_not_cost_the_week(own, send, decide):
    send(f"{own.pk}/news/", {"text": NEWS})
    decide(decision="hide", ground="off_topic", reason="Не про це.")
    send(f"{own.pk}/news/", {"text": NEWS})


@database
def test_reported_news_is_taken_down_in_sight_of_everybody(own, send, decide, read, client):
    send(f"{own.pk}/news/", {"text": NEWS})
    update = decide(decision="approve")
    assert client.post(f"/zhytomyr/report/petitions/update/{update.pk}/", {"reason": "untrue"}).status_code == 302
    decide(decision="hide", ground="untrue", reason="Сесії у вівторок немає.")
    client.logout()
    card = read(f"{own.pk}/")
    assert "Новину приховав модератор" in card
    assert NEWS not in card


@database
def test_news_that_was_taken_down_before_its_letters_is_not_sent(own, send, decide, client, now):
    follower = PersonFactory()
    follow(own, by=follower, now=now)
    send(f"{own.pk}/news/", {"text": NEWS})
    update = decide(decision="approve")
    client.post(f"/zhytomyr/report/petitions/update/{update.pk}/", {"reason": "untrue"})
    decide(decision="hide", ground="untrue", reason="Неправда.")
    run_jobs(now=now + timedelta(minutes=1))
    assert not Notice.objects.filter(person_id=follower.pk).exists()


@database
def test_words_of_news_are_only_words(own, send, decide, read, client):
    send(f"{own.pk}/news/", {"text": f"{TRICK} Новина без підступу."})
    assert "\u202e" not in PetitionUpdate.objects.get().text
    decide(decision="approve")
    page = client.get(f"/zhytomyr/petitions/{own.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@database
@pytest.mark.parametrize("text", ["", "коротко", "\x00" * 20, "а" * 1_000_000, "\u202e" * 50])
def test_hostile_news_is_refused_with_words(own, send, text):
    send(f"{own.pk}/news/", {"text": text}, status=422)
    assert not PetitionUpdate.objects.exists()


@database
def test_nobody_else_tells_the_author_s_news(petition, client, moderator, resident, send):
    for stranger in (resident, moderator):
        client.logout()
        client.sign_in(stranger)
        send(f"{petition.pk}/news/", {"text": NEWS}, status=403)


@database
def test_the_moderator_s_page_is_for_moderators_of_this_community(own, send, client, collecting, community):
    send(f"{own.pk}/news/", {"text": NEWS})
    update = PetitionUpdate.objects.get()
    page = f"/zhytomyr/moderation/petitions/update/{update.pk}/"
    assert client.get(page).status_code == 403
    client.logout()
    client.sign_in(staff(community, "officer"))
    assert client.get(page).status_code == 403
    client.logout()
    client.sign_in(staff(collecting().community, "moderator"))
    for missing in ("0", "99999999999999999999", "abc"):
        assert client.get(f"/zhytomyr/moderation/petitions/update/{missing}/").status_code == 404
    assert client.get("/zhytomyr/moderation/petitions/nothing/1/").status_code == 404


@given(st.text(max_size=2_000))
def test_tidied_news_is_short_and_plain(text):
    try:
        tidy = tidy_update(text)
    except Invalid:
        return
    assert 1 <= len(tidy) <= UPDATE_MAX
    assert not set(tidy) & {"\x00", "\u202e", "\u2066"}
    assert tidy_update(tidy) == tidy


@given(st.sampled_from(State), st.integers(0, 20), st.integers(0, 30))
def test_news_is_told_after_publication_and_after_the_pause(state, pause, days):
    charter = PetitionCharter(update_pause_days=pause)
    silent = {State.DRAFT, State.MODERATION, State.RETURNED, State.REJECTED, State.WITHDRAWN}
    try:
        check_may_tell(charter, state=state, last_at=MARCH_1, now=MARCH_1 + days * DAY)
    except Conflict:
        assert state in silent or days < pause
    else:
        assert state not in silent
        assert days >= pause
