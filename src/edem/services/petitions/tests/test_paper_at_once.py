"""Paper and the wire at the same moment, on real connections: each neighbour once, each sheet once."""

from datetime import timedelta

import pytest

from edem.config.testing.at_once import DONE, at_once, tried_at_once
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import announced as announced_since_now
from edem.foundation.identity.marks import mark_for
from edem.foundation.identity.purposes import MarkPurpose
from edem.services.petitions.actions.confirming_paper import confirm_sheet
from edem.services.petitions.actions.paper import fill_sheet, hand_sheet_over
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.withdrawing_signature import withdraw_signature
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import PaperSheet, Petition, Signature, SignatureRemoval, SignatureTally
from edem.services.petitions.rules.paper import SheetState
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, new_signature
from edem.services.petitions.tests.paper import clerk, line, number, sheet_in_work, sheet_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def petition(now):
    community = CommunityFactory()
    charter_of_community(community)
    times = {"published_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return PetitionFactory(collecting=True, community=community, imported_count=7, **times)


def rows_agree(petition):
    petition.refresh_from_db()
    rows = Signature.objects.filter(petition_id=petition.pk).count() - SignatureRemoval.objects.count()
    tallied = sum(
        SignatureTally.objects.filter(petition_id=petition.pk).order_by("day").values_list("count", flat=True)
    )
    assert petition.signature_count == rows == tallied


def test_two_clerks_confirming_one_sheet_confirm_it_once(petition, now):
    announced = announced_since_now()
    sheet = sheet_waiting(petition, by=clerk(petition.community), now=now, numbers=[number(), number(), number()])
    others = [clerk(petition.community) for _ in range(2)]

    told = tried_at_once(*(lambda by=by: confirm_sheet(sheet.pk, {}, by=by, now=now) for by in others))

    assert sorted(told) == [DONE, "petition.sheet_not_waiting"]
    assert Signature.objects.filter(petition_id=petition.pk).count() == 3
    assert [fact for fact in announced if isinstance(fact, PetitionReached)] == [
        PetitionReached(petition_id=petition.pk)
    ]
    rows_agree(petition)


@pytest.mark.parametrize("attempt_number", range(3))
def test_a_sheet_confirmed_while_its_signer_signs_online_makes_one_signature(petition, now, attempt_number):
    same = number()
    mark = mark_for(f"tax:{same}", MarkPurpose.PETITION, key_version=petition.key_version)
    sheet = sheet_waiting(petition, by=clerk(petition.community), now=now, numbers=[same])
    second = clerk(petition.community)
    wish = new_signature(petition, marks={mark.key_version: mark.value}, arrived_at=now)

    confirmed, online = at_once(
        lambda: confirm_sheet(sheet.pk, {}, by=second, now=now), lambda: add_signatures([wish])[wish]
    )

    assert (confirmed.counted, online.refusal is None) in {(1, False), (0, True)}
    assert Petition.objects.get(pk=petition.pk).signature_count == Signature.objects.count() == 1
    rows_agree(petition)


def test_two_sheets_with_the_same_people_in_any_order_count_each_once(petition, now):
    numbers = [number() for _ in range(12)]
    by = clerk(petition.community)
    sheets = [
        sheet_waiting(petition, by=by, now=now, numbers=order, number=place)
        for place, order in enumerate((numbers, numbers[::-1]), start=1)
    ]
    second = clerk(petition.community)

    told = at_once(*(lambda pk=sheet.pk: confirm_sheet(pk, {}, by=second, now=now) for sheet in sheets))

    assert sum(each.counted for each in told) == Signature.objects.count() == 12
    rows_agree(petition)


def test_a_sheet_handed_over_while_it_is_filled_in_is_one_or_the_other(petition, now):
    by = clerk(petition.community)
    sheet = sheet_in_work(petition, by=by, now=now, numbers=[number()])
    other = [line(1, now=now, number=number()), line(2, now=now, number=number())]

    tried_at_once(
        lambda: hand_sheet_over(sheet.pk, by=by, now=now), lambda: fill_sheet(sheet.pk, other, by=by, now=now)
    )

    sheet = PaperSheet.objects.get()
    assert SheetState(sheet.state) is SheetState.HANDED_OVER
    assert sheet.rows.count() in {1, 2}


def test_one_signature_taken_back_on_two_connections_is_taken_back_once(petition, now):
    signer = clerk(petition.community)
    add_signatures(
        [new_signature(petition, person_id=signer.pk, arrived_at=now), new_signature(petition, arrived_at=now)]
    )

    at_once(*(lambda: withdraw_signature(petition.pk, by=signer, now=now) for _ in range(2)))

    assert SignatureRemoval.objects.count() == 1
    assert Petition.objects.get(pk=petition.pk).signature_count == 1
    rows_agree(petition)
