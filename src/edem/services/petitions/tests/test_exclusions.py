"""Excluding signatures: exactly what was previewed, by two people, and back again. Real PostgreSQL."""

from datetime import timedelta
from hashlib import sha256

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.testing import announced as announced_since_now
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.petitions.actions.excluding import (
    Proposal,
    confirm_exclusion,
    decline_exclusion,
    keep_excluded,
    propose_exclusion,
    propose_return,
    return_signatures,
)
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import PetitionReached, SignaturesExcluded, SignaturesReturned
from edem.services.petitions.models import Exclusion, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.exclusions import chosen_by, preview_of, trace_for_signer, traces_on
from edem.services.petitions.queries.signatures import counted_on, days_of, split_of
from edem.services.petitions.rules.conditions import Conditions
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
BURST = MARCH_1 + timedelta(hours=14)


def proposal(petition, *, ground="automated", reason="За хвилину 12 підписів з одного пристрою.", **conditions):
    wanted = Conditions(**conditions)
    preview = preview_of(petition, wanted)
    return Proposal(
        conditions=wanted,
        last_ordinal=preview.last_ordinal,
        digest=preview.chosen.digest,
        ground=ground,
        reason=reason,
    )


@pytest.fixture
def petition(db):
    """Eight neighbours through the day, twelve names within twelve seconds; twenty are needed."""
    petition = PetitionFactory(collecting=True, required=20)
    honest = [new_signature(petition, arrived_at=MARCH_1 + timedelta(hours=n)) for n in range(8)]
    burst = [
        new_signature(petition, who=f"Марія {n}", arrived_at=BURST + n * SECOND, settlement_code="UA1")
        for n in range(12)
    ]
    add_signatures(honest + burst)
    petition.refresh_from_db()
    return petition


@pytest.fixture
def officer(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def second(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def proposed(petition, officer):
    return propose_exclusion(petition.pk, proposal(petition, name="марія"), by=officer, now=BURST)


def told(petition):
    """The count as each of its keepers tells it: they must agree."""
    petition.refresh_from_db()
    by_days, by_ways = sum(n for _day, n in days_of(petition)), sum(each.count for each in split_of(petition))
    counts = {petition.signature_count, counted_on(petition).count(), by_days, by_ways}
    assert len(counts) == 1, counts
    return counts.pop()


@pytest.mark.parametrize(("conditions", "count"), [
    ({"since": BURST}, 12),
    ({"since": BURST, "until": BURST}, 1),
    ({"since": BURST + SECOND, "until": BURST + 3 * SECOND}, 3),
    ({"until": BURST - SECOND}, 8),
    ({"name": "МАРІЯ 1"}, 3),
    ({"settlement_code": "UA1", "until": BURST + SECOND}, 2),
    ({"channel": "paper"}, 0),
    ({"channel": "online", "assurance": "bank_id"}, 20),
    ({"sheet_id": 1}, 0),
    ({"name": "100%"}, 0),
    ({"repeats": 2}, 0),
])  # fmt: skip
def test_conditions_choose_what_meets_all_of_them(petition, conditions, count):
    assert preview_of(petition, Conditions(**conditions)).chosen.count == count


def test_names_that_repeat_are_chosen_by_how_often(petition):
    again = [new_signature(petition, who=f"двійник {n}", public_name="Іван Іваненко") for n in range(3)]
    add_signatures([*again, new_signature(petition, public_name="Марія 1")])
    petition.refresh_from_db()
    assert [preview_of(petition, Conditions(repeats=n)).chosen.count for n in (2, 3, 4)] == [5, 3, 0]


def test_the_preview_says_what_would_follow_and_changes_nothing(petition):
    preview = preview_of(petition, Conditions(since=BURST))
    assert (preview.before, preview.after, preview.percent, preview.falls_below) == (20, 8, 60.0, True)
    assert (preview.chosen.first_at, preview.chosen.last_at) == (BURST, BURST + 11 * SECOND)
    places = ",".join(str(n) for n in range(9, 21))
    assert preview.chosen.digest == sha256(places.encode()).hexdigest()
    assert (told(petition), SignatureRemoval.objects.count()) == (20, 0)


def test_a_proposal_takes_nothing_off_until_another_person_confirms(petition, proposed, officer, second):
    assert told(petition) == 20
    with pytest.raises(NotAllowed, match="own_proposal"):
        confirm_exclusion(proposed, by=officer, now=BURST)
    assert told(petition) == 20
    confirm_exclusion(proposed, by=second, now=BURST)
    assert told(petition) == 8
    assert Signature.objects.count() == 20, "nothing is deleted"
    assert SignatureRemoval.objects.filter(exclusion_id=proposed).count() == 12


def test_what_was_signed_after_the_preview_is_not_of_it(petition, officer, second):
    seen = proposal(petition, name="Марія")
    add_signatures([new_signature(petition, who="Марія справжня", arrived_at=BURST)])
    exclusion = propose_exclusion(petition.pk, seen, by=officer, now=BURST)
    add_signatures([new_signature(petition, who="Марія друга", arrived_at=BURST)])
    confirm_exclusion(exclusion, by=second, now=BURST)
    assert told(petition) == 10
    assert set(counted_on(petition).filter(public_name__contains="Марія").values_list("public_name", flat=True)) == {
        "Марія справжня",
        "Марія друга",
    }


def test_a_set_that_changed_is_not_excluded(petition, proposed, officer, second):
    other = propose_exclusion(petition.pk, proposal(petition, name="Марія 11"), by=officer, now=BURST)
    confirm_exclusion(other, by=second, now=BURST)
    with pytest.raises(Conflict, match="set_changed"):
        confirm_exclusion(proposed, by=second, now=BURST)
    assert told(petition) == 19
    assert Exclusion.objects.get(pk=proposed).standing == "proposed"


def test_what_was_not_previewed_is_not_proposed(petition, officer):
    seen = proposal(petition, name="Марія")
    for wrong, refusal in (
        ({"digest": "0" * 64}, Conflict),
        ({"conditions": Conditions(name="Марія 1")}, Conflict),
        ({"conditions": Conditions()}, Invalid),
        ({"conditions": Conditions(name="немає такої")}, Conflict),
        ({"conditions": Conditions(since=BURST, until=MARCH_1)}, Invalid),
        ({"ground": "боїмося"}, Invalid),
        ({"reason": "  \n "}, Invalid),
    ):
        with pytest.raises(refusal):
            propose_exclusion(petition.pk, Proposal(**(vars(seen) | wrong)), by=officer, now=BURST)
    assert Exclusion.objects.count() == 0


def test_the_same_set_is_not_proposed_twice(petition, proposed, second):
    with pytest.raises(Conflict, match="proposed_already"):
        propose_exclusion(petition.pk, proposal(petition, since=BURST), by=second, now=BURST)
    assert Exclusion.objects.count() == 1


@pytest.mark.parametrize("role", ["moderator", "mayor", "auditor", "cnap_clerk"])
def test_only_officers_propose(petition, role):
    worker, seen = staff(petition.community, role), proposal(petition, name="Марія")
    with pytest.raises(NotAllowed):
        propose_exclusion(petition.pk, seen, by=worker, now=BURST)


@pytest.mark.parametrize("role", ["moderator", "auditor", "cnap_clerk", "control_body"])
def test_others_do_not_decide(petition, proposed, role):
    with pytest.raises(NotAllowed):
        confirm_exclusion(proposed, by=staff(petition.community, role), now=BURST)
    with pytest.raises(NotAllowed):
        decline_exclusion(proposed, by=staff(PetitionFactory().community, "officer"), now=BURST, note="Ні.")
    assert told(petition) == 20


def test_a_declined_proposal_leaves_no_public_trace(petition, proposed, officer):
    with pytest.raises(Invalid):
        decline_exclusion(proposed, by=officer, now=BURST, note=" ")
    decline_exclusion(proposed, by=officer, now=BURST, note="Помилилися хвилиною.")
    assert (told(petition), list(traces_on(petition))) == (20, [])
    assert [step.step for step in Exclusion.objects.get(pk=proposed).steps.all()] == ["propose", "decline"]


def test_an_exclusion_is_undone_by_two_people_and_its_trace_stays(petition, proposed, officer, second):
    confirm_exclusion(proposed, by=second, now=BURST)
    propose_return(proposed, by=second, now=BURST, note="Це був шкільний гурток.")
    with pytest.raises(NotAllowed, match="own_proposal"):
        return_signatures(proposed, by=second, now=BURST)
    return_signatures(proposed, by=officer, now=BURST + SECOND)
    assert told(petition) == 20
    [trace] = traces_on(petition)
    assert (trace.is_undone, trace.exclusion.count, trace.exclusion.returned_count) == (True, 12, 12)
    assert SignatureRemoval.objects.count() == 12, "nothing is deleted"


def test_a_return_that_is_declined_leaves_the_exclusion_in_force(petition, proposed, officer, second):
    confirm_exclusion(proposed, by=second, now=BURST)
    propose_return(proposed, by=officer, now=BURST, note="Може, помилка.")
    keep_excluded(proposed, by=second, now=BURST, note="Ні, перевірили.")
    assert (told(petition), Exclusion.objects.get(pk=proposed).standing) == (8, "holds")
    with pytest.raises(Conflict):
        return_signatures(proposed, by=officer, now=BURST)


def test_what_came_back_can_be_excluded_again(petition, proposed, officer, second):
    confirm_exclusion(proposed, by=second, now=BURST)
    propose_return(proposed, by=second, now=BURST, note="Помилка.")
    return_signatures(proposed, by=officer, now=BURST)
    again = propose_exclusion(petition.pk, proposal(petition, name="Марія"), by=officer, now=BURST)
    confirm_exclusion(again, by=second, now=BURST)
    assert told(petition) == 8
    assert [trace.is_undone for trace in traces_on(petition)] == [True, False]


def test_nothing_is_done_twice(petition, proposed, second):
    confirm_exclusion(proposed, by=second, now=BURST)
    with pytest.raises(Conflict):
        confirm_exclusion(proposed, by=second, now=BURST)
    with pytest.raises(Conflict):
        decline_exclusion(proposed, by=second, now=BURST, note="Пізно.")
    assert told(petition) == 8


def test_the_excluded_see_it_and_the_others_do_not(petition, proposed, second):
    ours, theirs = counted_on(petition).get(public_name="Марія 3"), counted_on(petition).first()
    confirm_exclusion(proposed, by=second, now=BURST)
    assert trace_for_signer(ours.person_id, petition).exclusion.pk == proposed
    assert trace_for_signer(theirs.person_id, petition) is None


def test_each_act_is_announced_and_in_the_audit(petition, officer, second):
    announced = announced_since_now()
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="Марія"), by=officer, now=BURST)
    confirm_exclusion(exclusion, by=second, now=BURST)
    propose_return(exclusion, by=second, now=BURST, note="Помилка.")
    return_signatures(exclusion, by=officer, now=BURST)
    fact = {"petition_id": petition.pk, "exclusion_id": exclusion}
    assert SignaturesExcluded(**fact) in announced
    assert SignaturesReturned(**fact) in announced
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "person")) == [
        ("petition.exclusion_proposed", officer.pk),
        ("petition.signatures_excluded", second.pk),
        ("petition.return_proposed", second.pk),
        ("petition.signatures_returned", officer.pk),
    ]


def test_signatures_that_come_back_may_reach_the_threshold(petition, proposed, officer, second):
    confirm_exclusion(proposed, by=second, now=BURST)
    Petition.objects.filter(pk=petition.pk).update(state=State.COLLECTING, reached_at=None, required=15)
    propose_return(proposed, by=second, now=BURST, note="Помилка.")
    announced = announced_since_now()
    return_signatures(proposed, by=officer, now=BURST)
    petition.refresh_from_db()
    assert (petition.state, petition.reached_at) == (State.REACHED, BURST)
    assert PetitionReached(petition_id=petition.pk) in announced


def test_large_sets_need_no_more_statements_than_small_ones(petition, officer, second, django_assert_max_num_queries):
    add_signatures([new_signature(petition, arrived_at=BURST) for _ in range(300)])
    petition.refresh_from_db()
    exclusion = propose_exclusion(petition.pk, proposal(petition, channel="online"), by=officer, now=BURST)
    with django_assert_max_num_queries(40):
        confirm_exclusion(exclusion, by=second, now=BURST)
    assert told(petition) == 0
    assert chosen_by(petition, Conditions(channel="online"), last_ordinal=petition.last_ordinal).count() == 0
