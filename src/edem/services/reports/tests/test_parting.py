"""A merge is undone: voices, followers, terms and organisations go back to where they came from (decision 0041)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.intake.acts import take_one
from edem.foundation.notices.models import Subscription
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import WorkingCalendar, last_day_before
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.following import follow_lead
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.moderating import reject_report
from edem.services.reports.actions.parting import part_from_taken_out, part_report
from edem.services.reports.actions.refusing import redirect_report
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.actions.voicing import add_voices, withdraw_voice
from edem.services.reports.models import Incident, Joining, Report, Voice
from edem.services.reports.queries.control import held_by_nobody
from edem.services.reports.rules.incidents import stood_still
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held, staff
from edem.services.reports.tests.test_joining import a_voice

pytestmark = pytest.mark.django_db

LATER = MARCH_2 + timedelta(days=2)
WHY = "Це дві різні ями: одна біля школи, друга біля клубу."


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def people():
    return [PersonFactory() for _ in range(4)]


@pytest.fixture
def two(community, roads, moderator, people):
    """The first with two voices, of which one is the lead's too; merged."""
    first = ReportFactory(community=community, placed=True, accept_due_at=datetime(2026, 3, 4, 22, 0, tzinfo=UTC))
    lead = ReportFactory(community=community, placed=True, published_at=MARCH_2 + timedelta(hours=5))
    for each in (first, lead):
        held(each, organisation=roads)
    one, both, *_ = people
    add_voices(
        [
            a_voice(first, who=one.pk, follows=True),
            a_voice(first, who=both.pk, follows=True),
            a_voice(lead, who=both.pk, follows=True),
        ]
    )
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2 + timedelta(hours=6))
    return anew(first), anew(lead)


def anew(report):
    return Report.objects.get(pk=report.pk)


def voices_of(report):
    return set(Voice.objects.filter(report_id=report.pk).order_by("person_id").values_list("person_id", flat=True))


def followers_of(report):
    found = Subscription.objects.filter(kind="item", key=str(report.pk)).order_by("person_id")
    return set(found.values_list("person_id", flat=True))


def part(report, moderator, *, now=LATER):
    part_report(report.pk, by=moderator, reason=WHY, now=now)
    return anew(report)


def test_all_goes_back_to_where_it_came_from(two, moderator, people, roads):
    first, lead = two
    one, both, *_ = people
    assert followers_of(lead) == {one.pk, both.pk}

    first = part(first, moderator)
    lead = anew(lead)

    assert voices_of(lead) == {both.pk}, "their own voice for it stays"
    assert voices_of(first) == {one.pk, both.pk}
    assert (lead.voice_count, first.voice_count) == (1, 2)
    assert (followers_of(lead), followers_of(first)) == ({both.pk}, {one.pk, both.pk})
    assert (first.follows, first.incident, lead.incident, Incident.objects.count()) == (None, None, None, 0)
    assert (first.state, first.organisation_id) == ("open", roads.pk)
    assert first.assignments.filter(closed_at=None).count() == 1


def test_its_terms_stood_still_meanwhile_and_the_lead_has_its_own_again(two, moderator):
    first, lead = two
    assert lead.accept_due_at == datetime(2026, 3, 4, 22, 0, tzinfo=UTC), "that of the first voice"
    first = part(first, moderator)
    assert anew(lead).accept_due_at == datetime(2026, 3, 5, 22, 0, tzinfo=UTC)
    assert first.accept_due_at == datetime(2026, 3, 6, 22, 0, tzinfo=UTC), "two days later than it was"
    assert first.due_at == first.accept_due_at


def test_told_twice_it_is_done_once(two, moderator):
    first, lead = two
    part(first, moderator)
    before = (voices_of(first), voices_of(lead), first.steps.count(), anew(first).accept_due_at)
    part(first, moderator, now=LATER + timedelta(days=1))
    assert before == (voices_of(first), voices_of(lead), first.steps.count(), anew(first).accept_due_at)
    with pytest.raises(Conflict, match="not_merged"):
        part(ReportFactory(community=first.community), moderator)


def test_only_a_moderator_parts_and_says_why(two, community, moderator):
    first, _ = two
    for role in ("control_body", "responsible_worker", "community_admin"):
        with pytest.raises(NotAllowed, match="moderators_part"):
            part(first, staff(community, role))
    with pytest.raises(Exception, match="reason_length"):
        part_report(first.pk, by=moderator, reason="ні", now=LATER)
    assert anew(first).follows_id is not None


def test_everybody_sees_on_both_cards_that_they_were_merged_and_parted(two, moderator):
    first, lead = two
    first = part(first, moderator)
    for each, other in ((first, lead), (lead, first)):
        told = list(each.steps.filter(public=True, step__in=["merge", "part"]).order_by("at", "pk"))
        assert [step.step for step in told] == ["merge", "part"]
        assert f"№ {other.number}" in told[0].note
        assert WHY in told[1].note
        assert told[1].actor == "moderator"


def test_what_was_said_on_the_merged_card_meanwhile_goes_with_it(two, moderator, people):
    first, lead = two
    new = people[2]
    take_one(add_voices, a_voice(first, who=new.pk, follows=True))
    assert (new.pk in voices_of(lead), new.pk in voices_of(first)) == (True, False)
    part(first, moderator)
    assert (new.pk in voices_of(lead), new.pk in voices_of(first)) == (False, True)
    assert anew(first).voice_count == 3


def test_a_voice_that_was_withdrawn_meanwhile_does_not_come_back(two, moderator, people):
    first, lead = two
    one = people[0]
    withdraw_voice(lead.pk, by=one)
    part(first, moderator)
    assert one.pk not in voices_of(first) | voices_of(lead)
    assert one.pk not in followers_of(first)
    assert anew(first).voice_count == 1


def test_whoever_stopped_the_letters_meanwhile_gets_none_of_either(two, moderator, people):
    first, lead = two
    Subscription.objects.filter(person_id=people[0].pk, key=str(lead.pk)).delete()
    part(first, moderator)
    assert people[0].pk not in followers_of(first) | followers_of(lead)
    assert people[0].pk in voices_of(first), "the voice stays"


def test_what_the_others_organisation_did_is_not_its_own_story(two, moderator, worker):
    first, lead = two
    accept_report(lead.pk, by=worker, now=LATER)
    close_report(lead.pk, Closing(result=Result.EXPLAINED, text="Роз’яснено все як є."), by=worker, now=LATER)
    follow_lead(lead.pk, now=LATER)
    assert anew(first).state == "closed"
    first = part(first, moderator)
    assert (first.state, first.closed_at, first.result, first.archives_at) == ("open", None, "", None)
    assert anew(lead).state == "closed"


def test_of_three_one_parts_and_a_voice_of_two_stays_with_both(community, roads, moderator, people):
    lead, one, other = (ReportFactory(community=community) for _ in range(3))
    who, alone = people[0], people[1]
    add_voices([a_voice(one, who=who.pk), a_voice(other, who=who.pk), a_voice(one, who=alone.pk)])
    merge_reports(lead.pk, [one.pk, other.pk], by=moderator, now=MARCH_2)
    assert voices_of(lead) == {who.pk, alone.pk, one.author_id, other.author_id}

    part(one, moderator)
    assert voices_of(lead) == {who.pk, other.author_id}
    assert voices_of(one) == {who.pk, alone.pk}
    assert anew(other).follows_id == lead.pk
    part(other, moderator)
    assert (voices_of(lead), anew(lead).voice_count) == (set(), 0)


def test_a_lead_that_was_put_to_a_greater_one_takes_its_own_along_again(community, moderator, people):
    small, middle, great = (ReportFactory(community=community, placed=True) for _ in range(3))
    add_voices([a_voice(small, who=people[0].pk), a_voice(middle, who=people[1].pk)])
    merge_reports(middle.pk, [small.pk], by=moderator, now=MARCH_2)
    merge_reports(great.pk, [middle.pk], by=moderator, now=MARCH_2 + timedelta(hours=1))
    assert {anew(small).follows_id, anew(middle).follows_id} == {great.pk}
    assert {person.pk for person in people[:2]} <= voices_of(great)

    part(middle, moderator)
    assert (anew(small).follows_id, anew(middle).follows_id) == (middle.pk, None)
    assert voices_of(great) == set()
    assert voices_of(middle) == {people[0].pk, people[1].pk, small.author_id}
    part(small, moderator)
    assert voices_of(middle) == {people[1].pk}
    assert voices_of(small) == {people[0].pk}
    assert not Joining.objects.filter(undone_at=None).exists()


def test_one_that_came_along_parts_alone(community, moderator, people):
    small, middle, great = (ReportFactory(community=community, placed=True) for _ in range(3))
    add_voices([a_voice(small, who=people[0].pk)])
    merge_reports(middle.pk, [small.pk], by=moderator, now=MARCH_2)
    merge_reports(great.pk, [middle.pk], by=moderator, now=MARCH_2 + timedelta(hours=1))
    part(small, moderator)
    assert (anew(small).follows_id, anew(middle).follows_id) == (None, great.pk)
    assert voices_of(great) == {middle.author_id}
    assert voices_of(middle) == set()
    assert anew(small).state == "open"
    merge_reports(great.pk, [small.pk], by=moderator, now=LATER)  # and may be put there again
    assert anew(small).follows_id == great.pk


def test_when_the_lead_is_taken_out_the_others_go_their_own_ways(two, moderator):
    first, lead = two
    reject_report(lead.pk, by=moderator, ground="off_topic", note="Не за темою платформи.", now=LATER)
    for _ in range(2):  # a job may run twice
        part_from_taken_out(lead.pk, now=LATER)
    first = anew(first)
    assert (first.state, first.follows, anew(lead).state) == ("open", None, "rejected")
    assert first.steps.filter(step="part").count() == 1


def test_its_author_opens_it_again_and_it_goes_its_own_way(two, worker):
    first, lead = two
    accept_report(lead.pk, by=worker, now=LATER)
    close_report(lead.pk, Closing(result=Result.EXPLAINED, text="Роз’яснено все як є."), by=worker, now=LATER)
    follow_lead(lead.pk, now=LATER)
    author = first.author
    reopen_report(first.pk, by=author, reason="Моя яма лишилася, засипали іншу.", now=LATER + timedelta(days=1))
    first = anew(first)
    assert (first.state, first.follows, anew(lead).state) == ("reopened", None, "closed")
    assert first.assignments.filter(closed_at=None).count() == 1
    assert author.pk not in voices_of(lead)


def test_what_follows_another_is_worked_on_there_alone(two, community, roads, moderator):
    first, _ = two
    control = staff(community, "control_body")
    with pytest.raises(Conflict, match="follows_another"):
        redirect_report(first.pk, organisation_id=roads.pk, by=control, reason=WHY, now=LATER)
    with pytest.raises(Conflict, match="follows_another"):
        accept_report(first.pk, by=moderator, now=LATER, self_organised=True)
    assert first not in held_by_nobody(community), "nobody is asked whose it is"


days = st.integers(0, 60)


@given(days, days, st.integers(0, 23))
def test_a_term_that_stood_still_never_ends_earlier_nor_on_a_day_off(due_in, stood, hour):
    calendar = WorkingCalendar()
    due = datetime(2026, 3, 2, 22, tzinfo=UTC) + timedelta(days=due_in)
    since = MARCH_2.replace(hour=hour)
    ended = stood_still(due, since=since, until=since + timedelta(days=stood), calendar=calendar)
    assert ended is not None
    assert ended >= due
    assert ended - due >= timedelta(days=stood) - timedelta(hours=1), "clocks change by an hour in spring"
    if stood:
        assert calendar.is_working(last_day_before(ended))
    else:
        assert ended == due


def test_the_calendar_of_these_tests_is_the_platform_s(db):
    assert working_calendar(MARCH_2).is_working(MARCH_2.date())
