"""Taking one's own signature back: by a plain form, once, for good, and only while the petition collects."""

from datetime import timedelta

import pytest

from edem.foundation.communities.models import CharterVersion
from edem.foundation.identity import vault
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.kernel.errors import Conflict
from edem.services.petitions.actions.confirming_paper import confirm_sheet
from edem.services.petitions.actions.counting import take_off
from edem.services.petitions.actions.stepping import lock
from edem.services.petitions.actions.withdrawing_signature import withdraw_signature
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.mine import petitions_signed_by
from edem.services.petitions.queries.signatures import split_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import come_identified
from edem.services.petitions.tests.paper import clerk, number, sheet_waiting

pytestmark = pytest.mark.django_db
AGREE = {"agree": "on"}


@pytest.fixture
def signed(petition, client, resident, send):
    """The resident has signed by the plain form."""
    come_identified(client, resident)
    send(f"{petition.pk}/sign/", AGREE)
    return petition


def test_a_signer_takes_the_signature_back(signed, client, resident, read, send):
    assert f"/zhytomyr/petitions/{signed.pk}/unsign/" in read(f"{signed.pk}/")
    assert "ще раз не можна" in read(f"{signed.pk}/unsign/")
    assert send(f"{signed.pk}/unsign/") == f"/zhytomyr/petitions/{signed.pk}/"
    assert "Ви відкликали свій підпис" in read(f"{signed.pk}/")
    assert Petition.objects.get(pk=signed.pk).signature_count == 0
    assert split_of(signed) == []
    assert petitions_signed_by(resident.pk, signed.community_id) == []
    removal = SignatureRemoval.objects.get()
    assert removal.exclusion_id == WITHDRAWN


def test_the_list_of_signers_no_longer_names_them(signed, client, resident, send):
    send(f"{signed.pk}/unsign/")
    client.logout()
    page = client.get(f"/zhytomyr/petitions/{signed.pk}/signers/").content.decode()
    assert resident.display_name not in page


def test_whoever_withdrew_does_not_sign_again(signed, read, send):
    send(f"{signed.pk}/unsign/")
    assert "ще раз не можна" in read(f"{signed.pk}/sign/")
    send(f"{signed.pk}/sign/", AGREE, status=422)
    assert Petition.objects.get(pk=signed.pk).signature_count == 0


def test_asked_twice_it_is_done_once(signed, send):
    for _ in range(2):
        send(f"{signed.pk}/unsign/")
    assert SignatureRemoval.objects.count() == 1
    assert Petition.objects.get(pk=signed.pk).signature_count == 0


def test_whoever_has_not_signed_has_nothing_to_take_back(petition, client, resident, send):
    come_identified(client, resident)
    assert "Ви не підписували цієї петиції" in send(f"{petition.pk}/unsign/", status=422)


def test_after_the_end_a_signature_stays(signed, resident):
    with pytest.raises(Conflict, match="closed"):
        withdraw_signature(signed.pk, by=resident, now=signed.closes_at)
    withdraw_signature(signed.pk, by=resident, now=signed.closes_at - timedelta(microseconds=1))


def test_after_the_answer_a_signature_stays(signed, send):
    Petition.objects.filter(pk=signed.pk).update(state=State.ANSWERED)
    assert "не збирає підписів" in send(f"{signed.pk}/unsign/", status=422)


def test_a_reached_petition_stays_reached(collecting, client, resident, send):
    almost = collecting(one_signature_short=True)
    come_identified(client, resident)
    send(f"{almost.pk}/sign/", AGREE)
    send(f"{almost.pk}/unsign/")
    almost.refresh_from_db()
    assert (almost.state, almost.signature_count) == (State.REACHED, 0)


def test_the_charter_may_keep_signatures(signed, community, now, read, send):
    known = CharterVersion.objects.get(community=community)
    signed.charter = CharterVersion.objects.create(
        community=community, service="petitions", version=2, in_force_from=now, act_title="Рішення", act_number="2",
        act_date=now.date(), values=known.values | {"signature_withdrawal": False}, clauses={},
    )  # fmt: skip
    signed.save()
    assert "unsign" not in read(f"{signed.pk}/")
    assert "не дозволяє відкликати" in send(f"{signed.pk}/unsign/", status=422)
    assert Signature.objects.count() == 1
    assert not SignatureRemoval.objects.exists()


def test_an_excluded_signature_is_not_taken_off_a_second_time(signed, resident, now):
    petition = lock(signed.pk)
    take_off(petition, list(Signature.objects.all()), now=now, exclusion_id=5)
    with pytest.raises(Conflict, match="excluded"):
        withdraw_signature(signed.pk, by=resident, now=now)
    assert Petition.objects.get(pk=signed.pk).signature_count == 0


def test_a_visitor_is_led_to_sign_in(petition, client):
    answer = client.post(f"/zhytomyr/petitions/{petition.pk}/unsign/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_whoever_signed_on_paper_sees_it_here_and_may_take_it_back(petition, community, client, now, read, send):
    """The sheet was confirmed before the signer ever came to the platform: they are known by the mark."""
    other = identified_resident(community, since=now - timedelta(days=2))
    tax_number = vault.read(other, ("tax_number",), purpose=ReadPurpose.MARKS, by=None, now=now)["tax_number"]
    sheet = sheet_waiting(petition, by=clerk(community), now=now, numbers=[tax_number, number()])
    confirm_sheet(sheet.pk, {}, by=clerk(community), now=now)
    Signature.objects.update(person_id="00000000-0000-4000-8000-000000000000")

    come_identified(client, other)
    assert "Ви підписали цю петицію" in read(f"{petition.pk}/")
    send(f"{petition.pk}/unsign/")
    assert "Ви відкликали свій підпис" in read(f"{petition.pk}/")
    assert [(split.way, split.count) for split in split_of(petition)] == [("paper", 1)]
