"""A wrong category is put right in the open, and what was in the wrong hands goes to the right ones (§3.6)."""

from datetime import timedelta

import pytest
from django.db import transaction

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.events.announcing import announce
from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.recategorising import recategorise_report
from edem.services.reports.events import ReportRecategorised
from edem.services.reports.models import Assignment, MatrixRule, Report, ReportStep
from edem.services.reports.tests.factories import ReportFactory, held, matrix_rule, staff

pytestmark = pytest.mark.django_db
WHY = "На фото світлофор, а не яма."


@pytest.fixture
def lights(community, roads):
    """The matrix gives them the traffic lights; all the rest is the roads'."""
    organisation = OrganisationFactory(community=community, name="КП «Міськсвітло»")
    MatrixRule.objects.filter(community=community).update(position=1)
    matrix_rule(community, organisation, code="3.4")
    return organisation


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def put_under(moderator, now):
    def put_under(report, *codes, by=moderator, reason=WHY, **more):
        recategorise_report(report.pk, codes=codes, by=by, reason=reason, now=now, **more)
        return Report.objects.get(pk=report.pk)

    return put_under


def holders(report):
    held_now = Assignment.objects.filter(report=report, returned_at=None, closed_at=None)
    return {each.organisation.name: each.is_main for each in held_now.select_related("organisation")}


def test_what_it_was_what_it_is_and_why_stand_on_the_card(report, put_under, read):
    changed = put_under(report, "3.4", "2.6")
    assert changed.category_codes == ["3.4", "2.6"]
    rows = changed.categories.order_by("-is_main", "pk").values_list("category__code", "is_main")
    assert list(rows) == [("3.4", True), ("2.6", False)]
    page = read(f"{report.pk}/")
    for words in ("Змінено категорію", "Було: «Ями на дорогах»", "Стало: «Світлофори», «Відкриті люки»", WHY):
        assert words in page, words


def test_by_itself_it_stays_with_whoever_works_on_it(report, put_under, lights):
    assert put_under(report, "3.4").organisation.name == "КП «Дороги громади»"


def test_passed_on_it_goes_to_whom_the_matrix_names_and_the_chain_tells_it(report, put_under, lights, read, announced):
    assert put_under(report, "3.4", passes_on=True).organisation == lights
    assert holders(report) == {"КП «Міськсвітло»": True}
    page = read(f"{report.pk}/")
    assert "передано: КП «Міськсвітло»" in page
    assert {type(fact).__name__ for fact in announced} == {"ReportRecategorised", "ReportPassed", "ReportAssigned"}


def test_a_helper_becomes_the_main_one(report, put_under, lights):
    held(report, organisation=lights, is_main=False)
    put_under(report, "3.4", passes_on=True)
    assert holders(report) == {"КП «Міськсвітло»": True}


def test_what_nobody_held_finds_its_organisation(community, put_under, lights):
    nobodys = ReportFactory(community=community)
    assert put_under(nobodys, "3.4").organisation == lights


def test_it_does_not_go_back_to_whoever_said_that_it_is_not_theirs(report, put_under, lights, now):
    gone = held(report, organisation=lights, is_main=False)
    Assignment.objects.filter(pk=gone.pk).update(returned_at=now, return_reason="Це не наша опора.")
    assert put_under(report, "3.4", passes_on=True).organisation.name == "КП «Дороги громади»"


@pytest.mark.parametrize("facts", [{"closed": True}, {"self_organised": True}, {"checking": True}])
def test_what_no_organisation_works_on_changes_its_category_alone(community, put_under, lights, facts):
    report = ReportFactory(community=community, **facts)
    changed = put_under(report, "3.4", passes_on=True)
    assert (changed.category_codes, changed.organisation, holders(report)) == (["3.4"], None, {})


def test_the_terms_of_the_report_go_on_as_they_were(report, put_under, lights):
    changed = put_under(report, "3.4", passes_on=True)
    assert (changed.accept_due_at, changed.explain_due_at) == (report.accept_due_at, report.explain_due_at)


@pytest.mark.parametrize("role", ["moderator", "control_body"])
def test_its_author_and_whoever_follows_hear_once_what_it_was_what_it_is_and_why(
    report, put_under, community, now, role
):
    follower = PersonFactory()
    Subscription.objects.create(
        community=community, person_id=follower.pk, kind="item", service="reports", key=str(report.pk), since=now,
        source="page",
    )  # fmt: skip
    put_under(report, "3.4", by=staff(community, role))
    for _ in range(2):
        with transaction.atomic():
            announce(ReportRecategorised(report_id=report.pk, at=now))
        run_jobs(now=now)
    told = Notice.objects.filter(template="reports/mail/recategorised.html").order_by("pk")
    assert sorted(each.person_id for each in told) == sorted([report.author_id, follower.pk])
    for each in told:
        letter = letter_of(each)
        assert f"Змінено категорію: «{report.title}»" in letter.subject
        assert f"Було: «Ями на дорогах». Стало: «Світлофори». {WHY}" in letter.text


def test_of_what_waits_for_the_moderator_its_author_alone_hears(community, put_under, now):
    """Neighbours who follow the category or the report would learn of what nobody may read yet."""
    report = ReportFactory(community=community, checking=True)
    for kind, key in (("item", str(report.pk)), ("topic", "3.4")):
        Subscription.objects.create(
            community=community, person_id=PersonFactory().pk, kind=kind, service="reports", key=key, since=now,
            source="page",
        )  # fmt: skip
    put_under(report, "3.4")
    run_jobs(now=now)
    told = Notice.objects.filter(template="reports/mail/recategorised.html")
    assert [each.person_id for each in told] == [report.author_id]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("moderator", True),
        ("control_body", True),
        ("responsible_worker", False),
        ("community_admin", False),
        ("auditor", False),
    ],
)
def test_only_the_moderator_and_the_control_body_change_it(report, put_under, community, roads, role, may):
    person = staff(community, role, organisation=roads if role == "responsible_worker" else None)
    if may:
        assert put_under(report, "3.4", by=person).category_codes == ["3.4"]
        return
    for who in (person, report.author):
        with pytest.raises(NotAllowed, match="not_yours_to_recategorise"):
            put_under(report, "3.4", by=who)


def test_what_is_wrong_is_refused_and_nothing_changes(report, put_under, community):
    for codes, reason, refusal in (
        (["3.8"], WHY, (Conflict, "nothing_changed")),
        (["99.9"], WHY, (Invalid, "unknown_category")),
        (["3.1", "3.2", "3.3", "3.4", "3.5", "3.6"], WHY, (Invalid, "categories_count")),
        (["3.4"], "ні", (Invalid, "reason_length")),
    ):
        with pytest.raises(refusal[0], match=refusal[1]):
            put_under(report, *codes, reason=reason)
    Report.objects.filter(pk=report.pk).update(state="rejected", ground="off_topic")
    with pytest.raises(Conflict, match="taken_out"):
        put_under(report, "3.4")
    assert (Report.objects.get().category_codes, ReportStep.objects.count()) == (["3.8"], 0)


def test_the_moderator_does_it_from_the_case(community, report, lights, client, read, send, now):
    Report.objects.filter(pk=report.pk).update(category_codes=["3.8", "2.6"], accept_due_at=now + timedelta(days=2))
    client.sign_in(staff(community, "moderator"))
    assert f"/reports/{report.pk}/case/category/" in read(f"{report.pk}/case/")
    form = read(f"{report.pk}/case/category/")
    assert "Залишити й ці категорії" in form
    typed = {"category": "3.4", "also": ["2.6"], "passes_on": "on", "reason": WHY}
    assert "чому" in send(f"{report.pk}/case/category/", typed | {"reason": ""}, status=422).lower()
    send(f"{report.pk}/case/category/", typed)
    changed = Report.objects.get()
    assert (changed.category_codes, changed.organisation) == (["3.4", "2.6"], lights)
