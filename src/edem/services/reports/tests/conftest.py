"""A community with its charter, tree and matrix, and readers who walk its pages."""

import uuid
from datetime import timedelta

import pytest

from edem.config.testing.pages import reader, sender
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.models import PersonMerge
from edem.foundation.notices.subjects import Rhythm
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.watching import watch_circle
from edem.services.reports.models import Photo
from edem.services.reports.queries.charters import read_version
from edem.services.reports.tests.factories import (
    HERE,
    MARCH_2,
    ReportFactory,
    held,
    matrix_rule,
    reports_charter,
    staff,
    with_tree,
)
from edem.services.reports.tests.parcels import parcels_of
from edem.services.reports.tests.receiving import settled
from simulators.open311_receiver.running import forget_everything, running_receiver


@pytest.fixture
def monday():
    """A Monday morning for what is reckoned by the calendar."""
    return MARCH_2


@pytest.fixture
def community(db):
    community = with_tree(CommunityFactory(slug="zhytomyr", services=["petitions", "reports"]))
    reports_charter(community)
    return community


@pytest.fixture
def under(community):
    """Changes what the community's charter says."""

    def under(**values):
        CharterVersion.objects.filter(community=community, service="reports").update(values=values)
        read_version.cache_clear()

    yield under
    read_version.cache_clear()


@pytest.fixture
def roads(community):
    """The organisation that the matrix gives everything."""
    organisation = OrganisationFactory(community=community, name="КП «Дороги громади»", email="roads@example.com")
    matrix_rule(community, organisation)
    return organisation


@pytest.fixture
def report(community, roads):
    """An open report that the roads' enterprise holds."""
    report = ReportFactory(community=community, placed=True)
    held(report, organisation=roads)
    return report


@pytest.fixture
def a_photo(monday):
    """Puts a picture on a report, without the picture itself."""

    def a_photo(report, *, stage=Photo.Stage.BEFORE, at=monday, **facts):
        name = uuid.uuid4().hex
        file = StoredFile.objects.create(
            community=report.community,
            purpose="reports.photo",
            name="photo.jpg",
            kind="jpg",
            size=1,
            sha256=name * 2,
            place=name,
            state="kept",
            created_at=at,
        )
        usual = {"width": 1200, "height": 900, "added_at": at}
        return Photo.objects.create(report=report, file=file, stage=stage, **(usual | facts))

    return a_photo


@pytest.fixture
def read(client):
    return reader(client, "/zhytomyr/reports/")


@pytest.fixture
def send(client):
    return sender(client, "/zhytomyr/reports/")


@pytest.fixture
def author(client, roads):
    """Signed in, where an organisation gets what they send."""
    person = PersonFactory()
    client.sign_in(person)
    return person


@pytest.fixture
def parcel(author, community, now):
    """As the intake room makes it of a phone's request."""
    return parcels_of(author, community, now)


@pytest.fixture
def neighbour(db):
    return PersonFactory()


@pytest.fixture
def circle(community, neighbour):
    """Watches the reports around a place."""

    def circle(metres=500, *, by=None, place=HERE, rhythm=Rhythm.IMMEDIATE):
        yesterday = MARCH_2 - timedelta(days=1)
        return watch_circle(
            community, place, metres, title="Мій двір", rhythm=rhythm, by=by or neighbour, now=yesterday
        )

    return circle


@pytest.fixture(scope="session")
def their_server():
    with running_receiver("--slow-seconds=0.3") as address:
        yield address


@pytest.fixture
def server(their_server):
    """An organisation's own, with nothing on its mind."""
    forget_everything(their_server)
    return their_server


@pytest.fixture
def admin(community):
    return staff(community, "community_admin")


@pytest.fixture
def receiver(community, roads, admin, server, now):
    return settled(community, roads, admin, server, now)


@pytest.fixture
def assignment(community, roads):
    """The roads' enterprise has a report whose author everybody knows."""
    author = PersonFactory(display_name="Ольга Ткачук")
    report = ReportFactory(
        community=community, placed=True, author=author, author_name="Ольга Ткачук", address="вул. Шкільна, 7"
    )
    return held(report, organisation=roads)


@pytest.fixture
def worker(community, roads):
    return staff(community, "responsible_worker", organisation=roads)


@pytest.fixture
def head(community, roads):
    return staff(community, "head_of_organisation", organisation=roads)


@pytest.fixture
def executor(community, roads):
    return staff(community, "executor", organisation=roads)


@pytest.fixture
def come(client, community, roads):
    """Somebody of the roads' enterprise at the desk."""

    def come(*roles, organisation=roads):
        worker = staff(community, *(roles or ("responsible_worker",)), organisation=organisation)
        client.logout()
        client.sign_in(worker)
        return worker

    return come


@pytest.fixture
def merge_of(community, monday):
    """Two accounts become one, as identity writes it down; with `undone` they have been parted already."""

    def merge_of(kept, absorbed, *, undone=False):
        officers = {"proposed_by": PersonFactory(staff=True), "confirmed_by": PersonFactory(staff=True)}
        facts = {"merged_at": monday, "undo_until": monday + timedelta(days=30)}
        merge = PersonMerge.objects.create(community=community, kept=kept, absorbed=absorbed, **officers, **facts)
        if undone:
            PersonMerge.objects.filter(pk=merge.pk).update(undone_at=monday)
        return merge.pk

    return merge_of
