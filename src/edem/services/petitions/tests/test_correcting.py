"""A published text is corrected until somebody else signs it; what it took the place of stays in sight."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.testing import forget_all_jobs, run_jobs
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.moderation.deciding import approve_thing
from edem.foundation.moderation.rules import Subject
from edem.foundation.notices.models import Notice
from edem.foundation.search.queries import search
from edem.kernel.errors import Conflict
from edem.services.petitions.actions.correcting import correct_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import Petition, PetitionEdition, Signature, Told
from edem.services.petitions.rules.authorship import check_may_correct
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import Text
from edem.services.petitions.tests.factories import ESSENCE, new_signature, staff
from edem.services.petitions.tests.test_concurrency import at_once

database = pytest.mark.django_db
NEW = {
    "title": "Освітити стежку від вулиці Вишневої до школи № 7",
    "demand": "Встановити 16 ліхтарів.",
    "essence": f"{ESSENCE} Їх має бути шістнадцять.",
}
TRICK = "<script>alert(1)</script>"


@pytest.fixture
def own(collecting, resident):
    return collecting(author=resident)


@pytest.fixture
def author(client, resident):
    client.sign_in(resident)
    return resident


@pytest.fixture
def decide(client, own):
    def decide(**typed):
        edition = PetitionEdition.objects.order_by("-pk").first()
        client.logout()
        client.sign_in(staff(own.community, "moderator"))
        answer = client.post(f"/zhytomyr/moderation/petitions/edition/{edition.pk}/", typed)
        assert answer.status_code == 302, answer.content.decode()[-1500:]
        client.logout()
        edition.refresh_from_db()
        return edition

    return decide


@database
def test_the_moderator_reads_a_correction_before_it_stands(own, author, send, decide, read, client, now):
    send(f"{own.pk}/correct/", NEW)
    assert own.title in read(f"{own.pk}/")
    assert "на перевірці" in read(f"{own.pk}/correct/")
    decide(decision="approve")
    card = read(f"{own.pk}/")
    assert NEW["title"] in card
    assert "Текст змінено" in card
    earlier = read(f"{own.pk}/editions/")
    assert own.title in earlier
    assert own.demand in earlier
    run_jobs(now=now + timedelta(minutes=1))
    assert Notice.objects.filter(person_id=author.pk, template="petitions/mail/corrected.html").count() == 1


@database
def test_the_moderator_sees_both_texts(own, author, send, client):
    send(f"{own.pk}/correct/", NEW)
    edition = PetitionEdition.objects.get()
    client.logout()
    client.sign_in(staff(own.community, "moderator"))
    page = client.get(f"/zhytomyr/moderation/petitions/edition/{edition.pk}/").content.decode()
    assert NEW["demand"] in page
    assert own.demand in page


@database
def test_a_corrected_petition_is_found_by_its_new_words(own, author, send, decide):
    send(f"{own.pk}/correct/", NEW)
    decide(decision="approve")
    assert search(own.community_id, "шістнадцять").total == 1


@database
def test_a_refused_correction_changes_nothing(own, author, send, decide, read, now):
    send(f"{own.pk}/correct/", NEW)
    decide(decision="hide", ground="off_topic", reason="Це вже інша петиція.")
    assert own.title in read(f"{own.pk}/")
    read(f"{own.pk}/editions/", status=404)
    run_jobs(now=now + timedelta(minutes=1))
    assert Notice.objects.filter(person_id=author.pk, template="petitions/mail/text_refused.html").count() == 1


@database
def test_the_author_s_own_signature_does_not_freeze_the_text_and_another_s_does(own, author, send, now):
    add_signatures([new_signature(own, person_id=author.pk, arrived_at=now)])
    send(f"{own.pk}/correct/", NEW)
    PetitionEdition.objects.update(state=Told.REFUSED, ground="-")
    add_signatures([new_signature(own, arrived_at=now)])
    assert "вже підписали" in send(f"{own.pk}/correct/", NEW, status=422)


@database
def test_a_signature_overtakes_the_correction_that_waits(own, author, send, decide, read, now):
    send(f"{own.pk}/correct/", NEW)
    add_signatures([new_signature(own, arrived_at=now)])
    assert decide(decision="approve").state == Told.LAPSED
    assert own.title in read(f"{own.pk}/")


@database
@pytest.mark.parametrize("facts", [{"imported_count": 3}, {"state": State.REACHED}])
def test_what_others_stand_behind_already_stays(collecting, author, now, send, facts):
    petition = collecting(author=author, reached_at=now, **facts)
    send(f"{petition.pk}/correct/", NEW, status=422)
    assert not PetitionEdition.objects.exists()


@database
def test_one_correction_waits_at_a_time_and_must_change_something(own, author, send):
    same = {"title": own.title, "demand": own.demand, "essence": own.essence}
    assert "нічого не змінили" in send(f"{own.pk}/correct/", same, status=422)
    send(f"{own.pk}/correct/", NEW)
    send(f"{own.pk}/correct/", NEW | {"title": "Зовсім інша назва петиції"}, status=422)
    assert PetitionEdition.objects.count() == 1


@database
def test_nobody_else_corrects(own, client, send, community, now):
    for stranger in (identified_resident(community, since=now - timedelta(days=1)), staff(community, "moderator")):
        client.logout()
        client.sign_in(stranger)
        send(f"{own.pk}/correct/", NEW, status=403)


@database
def test_words_of_a_correction_are_only_words(own, author, send, decide, client):
    send(f"{own.pk}/correct/", {key: f"{text} {TRICK}\u202e" for key, text in NEW.items()})
    decide(decision="approve")
    own.refresh_from_db()
    assert "\u202e" not in own.title + own.essence + own.demand
    for path in ("", "editions/"):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{own.pk}/{path}").content.decode()
    for hostile in ({"title": "а" * 1_000_000}, {"essence": "\x00" * 60}, {"demand": ""}):
        client.logout()
        client.sign_in(author)
        send(f"{own.pk}/correct/", NEW | hostile, status=422)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_attempt", range(3))
def test_on_two_connections_a_signature_stands_under_the_text_that_was_there(collecting, resident, now, _attempt):
    """Approval and the first signature at once: whoever is second sees the first one's work."""
    own = collecting(author=resident)
    moderator = staff(own.community, "moderator")
    text = Text(title=NEW["title"], demand=NEW["demand"], essence=NEW["essence"])
    edition_id = correct_petition(own.pk, text, by=resident, now=now)
    subject = Subject(service="petitions", kind="edition", subject_id=str(edition_id))
    try:
        at_once(
            lambda: approve_thing(own.community, subject, by=moderator, now=now),
            lambda: add_signatures([new_signature(own, arrived_at=now)]),
        )
        edition, petition = PetitionEdition.objects.get(), Petition.objects.get(pk=own.pk)
        assert Signature.objects.count() == 1
        assert (edition.state, petition.title) in {(Told.PUBLIC, NEW["title"]), (Told.LAPSED, own.title)}
        late = Text(title="Ще одна назва цієї петиції", demand=NEW["demand"], essence=NEW["essence"])
        with pytest.raises(Conflict):
            correct_petition(own.pk, late, by=resident, now=now)
    finally:
        forget_all_jobs()
        connection.close()


@given(st.sampled_from(State), st.booleans(), st.booleans())
def test_the_text_moves_only_while_it_collects_unsigned_and_the_charter_lets_it(state, signed, allows):
    charter = PetitionCharter(author_edits=allows)
    try:
        check_may_correct(charter, state=state, signed_by_others=signed)
    except Conflict:
        assert signed or not allows or state is not State.COLLECTING
    else:
        assert allows
        assert not signed
        assert state is State.COLLECTING
