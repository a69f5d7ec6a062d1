"""Photos of the sample's reports: drawn by program, before and after; those of the last months and of the stories."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from edem.config.sample.reports.making import SampleReport
from edem.config.sample.scenes.drawing import SIZE, drawn
from edem.config.sample.seeding.registering import People
from edem.foundation.files.likeness import likeness_of
from edem.foundation.files.models import FileState, StoredFile
from edem.foundation.files.rules import Kind
from edem.foundation.people.models import Person
from edem.services.reports.actions.photographing import PURPOSE
from edem.services.reports.models import Photo, Report
from edem.services.reports.rules.lifecycle import ENDED, State
from edem.services.reports.rules.results import Result

Pairs = Sequence[tuple[SampleReport, Report]]
RECENT: Final = timedelta(days=210)
"""Drawing takes a while; a year ago people photographed less."""
_SELDOM: Final = 6


def take_photos(pairs: Pairs, people: People, *, now: datetime) -> None:
    photos = [
        photo
        for number, (sample, report) in enumerate(pairs)
        if sample.key or now - report.submitted_at < RECENT or number % _SELDOM == 0
        for photo in _photos(sample, report, people[sample.author.id].person)
    ]
    StoredFile.objects.bulk_create(each.file for each in photos)
    Photo.objects.bulk_create(photos)


def _photos(sample: SampleReport, report: Report, author: Person) -> Iterator[Photo]:
    seed = str(sample.client_uuid)
    public = report.state not in {State.CHECKING, State.REJECTED}
    for angle in range(sample.photos):
        content = drawn(sample.subject.scene, seed=seed, angle=angle)
        yield _photo(report, content, by=author, at=report.submitted_at, position=angle, public=public)
    if sample.photos and report.state in ENDED and report.result == Result.SOLVED and report.closed_at:
        content = drawn(sample.subject.scene, seed=seed, mended=True)
        yield _photo(report, content, by=None, at=report.closed_at, position=sample.photos, public=public, after=True)


def _photo(
    report: Report, content: bytes, *, by: Person | None, at: datetime, position: int, public: bool, after: bool = False
) -> Photo:
    width, height = SIZE
    return Photo(
        report=report,
        file=_file(report, content, by=by, at=at, public=public),
        position=position,
        stage=Photo.Stage.AFTER if after else Photo.Stage.BEFORE,
        width=width,
        height=height,
        dhash=likeness_of(content, Kind.JPEG),
        added_by=by,
        added_at=at,
    )


def _file(report: Report, content: bytes, *, by: Person | None, at: datetime, public: bool) -> StoredFile:
    key = uuid4()
    return StoredFile(
        id=key,
        community_id=report.community_id,
        owner=by,
        purpose=PURPOSE,
        name=f"photo-{report.number}.jpg",
        kind=Kind.JPEG,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        place=default_storage.save(f"uploads/{at:%Y/%m/%d}/{key}.jpg", ContentFile(content)),
        state=FileState.KEPT,
        is_public=public,
        created_at=at,
    )
