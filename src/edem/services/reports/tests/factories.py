"""Reports for tests: one factory a model, situations as traits."""

import uuid
from datetime import UTC, datetime, timedelta

import factory

from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.tests.factories import (
    CharterVersionFactory,
    CommunityFactory,
    OrganisationFactory,
)
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.categories import plant_categories
from edem.services.reports.models import Assignment, Category, MatrixRule, MatrixTarget, Report, ReportCategory
from edem.services.reports.rules.draft import Draft
from edem.services.reports.rules.lifecycle import State

MARCH_2 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, ten in the morning in Kyiv."""
HERE = Point(50.2547, 28.6587)


def reports_charter(community, **values) -> CharterVersion:
    known = CharterVersion.objects.filter(community=community, service="reports").order_by("version").first()
    return known or CharterVersionFactory(community=community, service="reports", values=values)


class ReportFactory(factory.django.DjangoModelFactory[Report]):
    """Open and published unless a trait says otherwise."""

    class Meta:
        model = Report
        skip_postgeneration_save = True

    class Params:
        checking = factory.Trait(state=State.CHECKING, published_at=None, accept_due_at=None, explain_due_at=None)
        accepted = factory.Trait(state=State.ACCEPTED, accepted_at=MARCH_2 + timedelta(hours=2))
        closed = factory.Trait(
            accepted=True,
            state=State.CLOSED,
            closed_at=MARCH_2 + timedelta(days=1),
            archives_at=MARCH_2 + timedelta(days=21, hours=14),
            result="solved",
            result_text="Яму залатали гарячим асфальтом.",
        )
        archived = factory.Trait(closed=True, state=State.ARCHIVED, archived_at=MARCH_2 + timedelta(days=21, hours=14))
        reopened = factory.Trait(
            accepted=True, state=State.REOPENED, reopened_at=MARCH_2 + timedelta(days=2), reopened_count=1
        )
        placed = factory.Trait(lat=HERE.lat, lon=HERE.lon, cell=cell_of(HERE))

    community = factory.SubFactory(CommunityFactory, services=["petitions", "reports"])
    charter = factory.LazyAttribute(lambda report: reports_charter(report.community))
    number = factory.Sequence(lambda n: n + 1001)
    title = "Яма на переході біля школи № 7"
    text = "Глибока яма просто на зебрі, діти її обходять по проїжджій частині."
    author = factory.SubFactory(PersonFactory)
    author_name = "Ольга Ткачук"
    state = State.OPEN
    category_codes = ["3.8"]
    submitted_at = MARCH_2
    published_at = MARCH_2
    accept_due_at = datetime(2026, 3, 5, 22, 0, tzinfo=UTC)
    explain_due_at = datetime(2026, 4, 1, 21, 0, tzinfo=UTC)
    updated_at = MARCH_2

    @factory.post_generation
    def under(self, create, _extracted, **_):
        """The rows of its categories, where the community has them."""
        if create:
            known = {each.code: each for each in Category.objects.filter(community=self.community).order_by("pk")}
            codes = [code for code in self.category_codes if code in known]
            for place, code in enumerate(codes):
                ReportCategory.objects.create(report=self, category=known[code], is_main=place == 0)


def held(report, *, organisation=None, is_main=True, now=MARCH_2, **facts) -> Assignment:
    """Puts the report into an organisation's hands."""
    holder = organisation or OrganisationFactory(community=report.community)
    usual = {"sent_at": now, "inform_due_at": now + timedelta(days=1)}
    assignment = Assignment.objects.create(report=report, organisation=holder, is_main=is_main, **(usual | facts))
    if is_main:
        report.organisation = holder
        report.save(update_fields=["organisation"])
    return assignment


def matrix_rule(community, *organisations, code=None, area=None, position=0) -> MatrixRule:
    """A line of the matrix: the first organisation is the main one."""
    category = Category.objects.get(community=community, code=code) if code else None
    rule = MatrixRule.objects.create(community=community, position=position, category=category, area=area)
    for place, organisation in enumerate(organisations):
        MatrixTarget.objects.create(rule=rule, organisation=organisation, is_main=place == 0)
    return rule


def with_tree(community):
    plant_categories(community.pk)
    return community


def a_draft(**facts) -> Draft:
    usual = {
        "client_uuid": uuid.uuid4(),
        "title": "Яма на переході біля школи № 7",
        "text": "Глибока яма просто на зебрі.",
        "categories": ("3.8",),
        "place": HERE,
    }
    return Draft(**(usual | facts))


def staff(community, *roles: str, organisation=None):
    """A member of staff; in an organisation where it is named."""
    person = PersonFactory(staff=True)
    for role in roles:
        RoleGrant.objects.create(
            person=person, community=community, organisation=organisation, role=role, granted_at=MARCH_2
        )
    return person
