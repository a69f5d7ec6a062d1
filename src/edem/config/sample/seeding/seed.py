"""The whole seed: one transaction, so that a broken run leaves nothing behind."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from edem.config.sample.generating import COMMUNITIES, SampleCommunity, make_sample
from edem.config.sample.guide import accounts_as_text
from edem.config.sample.records import people_as_json
from edem.config.sample.seeding.exclusions import exclude_forged
from edem.config.sample.seeding.papering import enter_sheets
from edem.config.sample.seeding.petitioning import file_petitions
from edem.config.sample.seeding.privacy import leave_traces
from edem.config.sample.seeding.registering import register
from edem.config.sample.seeding.reporting import file_reports
from edem.config.sample.seeding.settling import Settled, settle
from edem.config.sample.seeding.staffing import hire
from edem.config.sample.seeding.subscribing import follow_things
from edem.config.sample.seeding.talking import talk_over
from edem.foundation.communities.models import Community
from edem.foundation.people.roles import Role
from edem.foundation.places.queries import working_calendar
from edem.foundation.search.words import count_words
from edem.kernel.deadlines import kyiv_day
from edem.kernel.ukrainian import number

Say = Callable[[str], None]


def is_settled() -> bool:
    return Community.objects.filter(slug=COMMUNITIES[0]).exists()


def seed(now: datetime, *, say: Say, folder: Path) -> None:
    """Make the sample once; a database that has it keeps what people have done there since."""
    if is_settled():
        say("Громада вже є: дані збережено.")
    else:
        insert(make_sample(now, calendar=working_calendar(now)), now=now, say=say)
    write_files(folder, now=now)


@transaction.atomic
def insert(sample: Sequence[SampleCommunity], *, now: datetime, say: Say) -> None:
    for place, community in enumerate(sample):
        populate(settle(community, number=place), now=now, say=say)
    count_words()


def populate(settled: Settled, *, now: datetime, say: Say) -> None:
    opened = settled.sample.charters[0].regulation.in_force_from - timedelta(days=30)
    say(settled.community.name)
    team = hire(settled, since=opened)
    people = register(settled, officer=team[Role.OFFICER], now=now, today=kyiv_day(now))
    say(f"  мешканців: {number(len(people))}")
    signatures = file_petitions(settled, people, team=team, now=now)
    follow_things(settled.community, people, now=now)
    signatures += enter_sheets(settled, people, now=now)
    signatures += exclude_forged(settled, people, team=team, now=now)
    talk_over(settled.community, team=team, now=now)
    reports = file_reports(settled, people, team=team, now=now)
    personas = {each.resident.key: each.person for each in people.values() if each.resident.key}
    leave_traces(settled.community, personas, team=team, now=now)
    say(f"  петицій: {number(len(settled.sample.petitions))}, підписів: {number(signatures)}")
    say(f"  повідомлень про проблеми: {number(reports)}")


def write_files(folder: Path, *, now: datetime) -> None:
    """For the identity sandbox and for whoever starts the demo; what is there already is right for ever."""
    folder.mkdir(parents=True, exist_ok=True)
    residents = folder / "residents.json"
    if not residents.exists():
        residents.write_text(people_as_json(today=kyiv_day(now)), encoding="utf-8")
    (folder / "accounts.txt").write_text(accounts_as_text(), encoding="utf-8")
