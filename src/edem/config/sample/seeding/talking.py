"""Files, news and conversations under a few sample petitions, with the moderators' cases behind them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle

from edem.config.sample.seeding.pictures import lamps_at_dusk
from edem.config.sample.seeding.staffing import Team
from edem.config.sample.talk import CommentText, NewsText, TalkText, talks
from edem.foundation.communities.models import Community
from edem.foundation.discussions.actions import comment_under, subject_of
from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.rules import CommentState, Thread
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.files.rules import Kind
from edem.foundation.identity.sealed_files import store_made_sealed
from edem.foundation.moderation.actions import decide_case, open_case
from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.rules import HIDING_GROUNDS, Decision, ReportReason, Subject
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.attaching import PURPOSE, show_attachments
from edem.services.petitions.actions.updating import subject_of as subject_of_update
from edem.services.petitions.models import Petition, PetitionUpdate, Signature, Told
from edem.services.petitions.queries.discussion import thread_of

READING = timedelta(hours=3)
TALKERS = 12
SEED = 5


def talk_over(community: Community, *, team: Team, now: datetime) -> int:
    """How many comments were written; none where the community has no such petitions."""
    told = {each.title: each for each in Petition.objects.filter(community=community).order_by("pk")}
    moderator, written = team[Role.MODERATOR], 0
    for talk in talks():
        petition = told.get(talk.title)
        if petition is None or petition.published_at is None:
            continue
        attach(petition, talk)
        for news in talk.news:
            tell(petition, news, moderator=moderator, now=now)
        written += converse(petition, talk.comment, moderator=moderator, now=now)
    return written


def attach(petition: Petition, talk: TalkText) -> None:
    community, at = petition.community, petition.created_at
    files: list[tuple[str, bytes, Kind]] = []
    if talk.paper:
        facts = {"title": talk.paper.title, "text": talk.paper.text, "rows": (), "signed": ""}
        pdf = render_pdf("documents/letter.typ", facts, community=community, now=at)
        files.append((talk.paper.title, pdf, Kind.PDF))
    if talk.photo:
        files.append((talk.photo.title, lamps_at_dusk(seed=SEED, lit=talk.photo.lit), Kind.JPEG))
    for place, (title, content, kind) in enumerate(files, start=1):
        stored = store_made_sealed(content, name=title, kind=kind, community=community, purpose=PURPOSE, now=at)
        petition.attachments.create(file=stored, title=title, place=place, added_at=at)
    show_attachments(petition)


def tell(petition: Petition, news: NewsText, *, moderator: Person, now: datetime) -> None:
    assert petition.published_at is not None
    at = min(petition.published_at + timedelta(hours=news.after), now - READING)
    update = PetitionUpdate.objects.create(petition=petition, text=news.text, written_at=at)
    open_for(subject_of_update(update), petition, at=at)
    if not news.waits:
        update.state, update.published_at = Told.PUBLIC, at + READING
        update.save()
        decide_case(
            subject_of_update(update),
            Decision.APPROVED,
            community_id=petition.community_id,
            by=moderator,
            now=at + READING,
        )


def converse(petition: Petition, said: tuple[CommentText, ...], *, moderator: Person, now: datetime) -> int:
    thread = thread_of(petition)
    if thread is None or petition.published_at is None:
        return 0
    voices, written = speakers(petition), 0
    for each in said:
        at = min(petition.published_at + timedelta(hours=each.after), now - timedelta(hours=8))
        comment = write(thread, each.text, by=next(voices), at=at)
        settle(comment, each, petition, moderator=moderator, reader=next(voices))
        for place, answer in enumerate(each.answers, start=1):
            write(thread, answer, by=next(voices), at=at + place * timedelta(hours=2), parent=comment)
        written += 1 + len(each.answers)
    return written


def settle(comment: Comment, said: CommentText, petition: Petition, *, moderator: Person, reader: Person) -> None:
    """What became of it: hidden by a moderator, taken back by its author, reported and waiting."""
    if said.deleted:
        comment.state, comment.text, comment.ended_at = CommentState.DELETED, "", comment.at + READING
        comment.save()
    if said.hidden or said.reported:
        words = said.reported or said.note
        case = report(comment, petition, reader=reader, words=words)
        if said.hidden:
            hide(comment, said, case, moderator=moderator)


def report(comment: Comment, petition: Petition, *, reader: Person, words: str) -> ModerationCase:
    case = open_for(subject_of(comment), petition, at=comment.at + READING)
    ModerationCase.objects.filter(pk=case.pk).update(is_reported=True)
    ContentReport.objects.create(
        case=case, reporter=reader, reason=ReportReason.PERSONAL_DATA, words=words, at=case.opened_at
    )
    return case


def hide(comment: Comment, said: CommentText, case: ModerationCase, *, moderator: Person) -> None:
    ground, at = HIDING_GROUNDS[said.hidden], case.opened_at + READING
    decide_case(
        subject_of(comment),
        Decision.REFUSED,
        community_id=comment.community_id,
        by=moderator,
        now=at,
        ground=ground,
        reason=said.note,
        public_note=said.note,
    )
    comment.state, comment.ground, comment.ended_at = CommentState.HIDDEN, ground.label, at
    comment.save()


def write(thread: Thread, text: str, *, by: Person, at: datetime, parent: Comment | None = None) -> Comment:
    comment = comment_under(thread, text, by=by, at=at, parent=parent)
    comment.save(force_insert=True)
    return comment


def speakers(petition: Petition) -> Iterator[Person]:
    """Some of those who signed."""
    signed = Signature.objects.filter(community_id=petition.community_id, petition_id=petition.pk).order_by("ordinal")
    ids = list(signed.values_list("person_id", flat=True)[:TALKERS])
    known = Person.objects.in_bulk(ids)
    return cycle([known[pk] for pk in ids if pk in known])


def open_for(subject: Subject, petition: Petition, *, at: datetime) -> ModerationCase:
    path = f"/moderation/{subject.service}/{subject.kind}/{subject.subject_id}/"
    return open_case(subject, community_id=petition.community_id, title=petition.title, path=path, now=at)
