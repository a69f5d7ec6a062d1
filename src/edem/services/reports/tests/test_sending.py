"""A report comes in: exactly once, in its place, in the right hands, under the charter's conditions."""

import uuid

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.moderation.queries import open_cases
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import Assignment, Category, Report, ReportStep
from edem.services.reports.rules.tree import tree_of_the_act
from edem.services.reports.tests.factories import HERE, a_draft, matrix_rule


@pytest.fixture
def resident(community):
    return PersonFactory(display_name="Ольга Ткачук")


@pytest.fixture
def send_in(community, resident, monday):
    def send_in(**facts):
        who = facts.pop("by", resident)
        return send_report(a_draft(**facts), community=community, by=who, now=facts.pop("now", monday))

    return send_in


def test_a_sent_report_is_open_numbered_placed_and_in_the_right_hands(send_in, roads, monday):
    report = send_in()
    stored = Report.objects.get()
    assert (stored.state, stored.number, stored.published_at) == ("open", 1, monday)
    assert (stored.lat, stored.lon, stored.cell) == (HERE.lat, HERE.lon, cell_of(HERE))
    assert stored.category_codes == ["3.8"]
    assert stored.organisation == roads
    assert Assignment.objects.get(report=report).organisation == roads
    assert stored.due_at == stored.accept_due_at < stored.explain_due_at
    step = ReportStep.objects.get()
    assert (step.actor, step.from_state, step.to_state) == ("author", "checking", "open")


def test_numbers_follow_one_another_in_a_community(send_in):
    assert [send_in(client_uuid=uuid.uuid4()).number for _ in range(3)] == [1, 2, 3]


def test_what_is_sent_twice_is_one_report(send_in, roads):
    first = send_in(client_uuid=(known := uuid.uuid4()))
    assert send_in(client_uuid=known, title="Інша назва того самого").pk == first.pk
    assert (Report.objects.count(), ReportStep.objects.count(), Assignment.objects.count()) == (1, 1, 1)


def test_nobody_takes_over_the_number_of_another_sender(send_in):
    send_in(client_uuid=(known := uuid.uuid4()))
    with pytest.raises(Conflict, match="uuid_of_another"):
        send_in(client_uuid=known, by=PersonFactory())


def test_an_anonymous_author_is_known_to_the_platform_but_not_to_the_public(send_in, resident):
    report = send_in(is_anonymous=True)
    assert (report.author, report.author_name) == (resident, "")


def test_a_report_needs_no_place_but_a_wrong_one_is_refused(send_in):
    assert send_in(place=None).cell is None
    for place, why in (
        (Point(0.0, 0.0), "nowhere"),
        (Point(HERE.lon, HERE.lat), "swapped"),
        (Point(40, -74), "abroad"),
    ):
        with pytest.raises(Invalid, match=why):
            send_in(place=place)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": "Яма"}, "title_length"),
        ({"title": "я" * 10_000}, "title_length"),
        ({"text": "я" * 5_001}, "text_length"),
        ({"categories": ()}, "categories_count"),
        ({"categories": ("99.9",)}, "unknown_category"),
    ],
)
def test_what_is_wrong_is_said(send_in, facts, code):
    with pytest.raises((Invalid, Missing), match=code):
        send_in(**facts)
    assert not Report.objects.exists()


def test_signs_that_turn_a_line_around_never_get_in(send_in):
    report = send_in(title="Яма\u202e біля\x00 школи\nі клубу")
    assert report.title == "Яма біля школи і клубу"


def test_the_questions_of_a_category_are_answered_in_their_form(send_in, community):
    Category.objects.filter(code="3.8").update(
        questions=[
            {"code": "depth", "label": "Яка глибина?", "kind": "number", "required": True},
            {"code": "size", "label": "Який розмір?", "kind": "choice", "options": ["мала", "велика"]},
        ]
    )
    with pytest.raises(Invalid, match="answer_needed"):
        send_in()
    with pytest.raises(Invalid, match="answer_wrong"):
        send_in(answers={"depth": "глибока"})
    with pytest.raises(Invalid, match="answer_wrong"):
        send_in(answers={"depth": "12", "size": "чимала"})
    assert send_in(answers={"depth": "12,5", "size": "мала", "else": "?"}).answers == {"depth": 12.5, "size": "мала"}


def test_under_premoderation_a_report_waits_unseen(send_in, community, under, roads):
    under(moderation="pre")
    report = send_in()
    assert (report.state, report.published_at) == ("checking", None)
    assert report.due_at == report.checking_due_at
    assert not Assignment.objects.exists()
    assert [case.subject_id for case in open_cases(community.pk)] == [str(report.pk)]


def test_the_charter_says_who_may_send(send_in, under):
    under(only_members_send=True)
    with pytest.raises(NotAllowed, match="members_only"):
        send_in()
    under(assurance=["bank_id"])
    with pytest.raises(NotAllowed, match="assurance_too_low"):
        send_in()
    under(anonymous_display=False)
    with pytest.raises(Invalid, match="no_anonymous"):
        send_in(is_anonymous=True)


def test_a_rule_for_a_branch_holds_for_everything_under_it_and_the_first_one_wins(send_in, community):
    lights, others = OrganisationFactory(community=community), OrganisationFactory(community=community)
    matrix_rule(community, lights, code="2")
    matrix_rule(community, others, position=1)
    assert send_in(categories=("2.1.3",)).organisation == lights
    assert send_in(categories=("3.8", "2.1")).organisation == others, "the main category decides"


def test_where_no_rule_fits_nobody_holds_it(send_in):
    report = send_in()
    assert report.organisation is None
    assert report.state == "open"


def test_one_announcement_carries_all_that_happened(send_in, roads, announced):
    send_in()
    assert [type(each).__name__ for each in announced] == [
        "ReportSent",
        "ReportMoved",
        "ReportPublished",
        "ReportAssigned",
    ]


def test_the_community_gets_the_whole_tree_of_the_act_once(community):
    found = Category.objects.filter(community=community)
    assert found.count() == len(tree_of_the_act()) == 68
    assert found.filter(parent=None).count() == 8
    assert Category.objects.get(community=community, code="2.11.5").parent.code == "2.11"
    assert list(found.order_by("position").values_list("code", flat=True)[:3]) == ["1", "1.1", "1.2"]
