"""The storm day: five thousand voices in one incident, every voice hears every news once."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from edem.foundation.notices.models import Notice
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports import cards
from edem.services.reports.actions.drafting import put_words, start_report
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.telling import tell_everybody
from edem.services.reports.actions.voicing import NewVoice, add_voices
from edem.services.reports.models import Report, Voice
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, staff

pytestmark = pytest.mark.django_db
THOUSANDS, BATCH = 5_000, 500


def test_five_thousand_voices_hear_every_news_once(community, report):
    second = ReportFactory(community=community, published_at=MARCH_2 + timedelta(hours=1))
    people = Person.objects.bulk_create(
        [Person(id=uuid4(), display_name=f"Сусід {each}", created_at=MARCH_2) for each in range(THOUSANDS)]
    )
    voices = [
        NewVoice(
            community_id=community.pk,
            report_id=(report, second)[place % 2].pk,
            person_id=person.pk,
            is_member=True,
            arrived_at=MARCH_2,
        )
        for place, person in enumerate(people)
    ]
    for start in range(0, THOUSANDS, BATCH):
        add_voices(voices[start : start + BATCH])
    merge_reports(report.pk, [second.pk], by=staff(community, "moderator"), now=MARCH_2)
    lead = Report.objects.get(pk=report.pk)
    assert lead.voice_count == Voice.objects.filter(report_id=report.pk).count() == THOUSANDS + 1
    for _ in range(2):  # a job that was broken off runs again
        tell_everybody(report.pk, "accepted", now=MARCH_2, occasion="1")
    told = Counter(Notice.objects.order_by("pk").values_list("person_id", flat=True))
    assert set(told) == {person.pk for person in people} | {report.author_id, second.author_id}
    assert set(told.values()) == {1}


def test_the_cabinet_shows_what_was_not_sent_and_what_was_joined(community, report, now):
    person = PersonFactory(display_name="Ольга Ткачук")
    draft_id = uuid4()
    start_report(draft_id, community, by=person, now=now)
    put_words(draft_id, by=person, title="", text="Яма біля мосту", is_anonymous=False, now=now)
    add_voices(
        [NewVoice(community_id=community.pk, report_id=report.pk, person_id=person.pk, is_member=True, arrived_at=now)]
    )
    [waits] = cards.needs_me(person, community, now)
    assert (waits.title, str(draft_id) in waits.path) == ("Яма біля мосту", True)
    joined = cards.cabinet(person, community, now)[-1]
    assert [row.title for row in joined.rows] == [report.title]
