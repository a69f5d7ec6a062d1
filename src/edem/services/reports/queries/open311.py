"""Reports as GeoReport v2 tells them: what everybody may read, nothing of who wrote it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.kernel.errors import Missing
from edem.services.reports.models import Category, Photo, Report
from edem.services.reports.queries.categories import categories_offered, titles_of, trail_of
from edem.services.reports.queries.lists import NEWEST, within
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.draft import OPEN311
from edem.services.reports.rules.lifecycle import AT_WORK, ENDED, ON_THE_MAP, STATES, State
from edem.services.reports.rules.open311.asking import Status, Wanted
from edem.services.reports.rules.open311.documents import Attribute, Offer, Request
from edem.services.reports.rules.results import RESULTS, Result
from edem.services.reports.rules.tree import lineage

DATATYPES = {
    "text": "text",
    "number": "number",
    "date": "datetime",
    "choice": "singlevaluelist",
    "choices": "multivaluelist",
}
_LONGEST_ID = 9


def services(community: Community) -> list[Offer]:
    titles = titles_of(community.pk)
    return [_service(each, titles) for each in categories_offered(community)]


def questions_of(community: Community, code: str) -> list[dict[str, object]]:
    category = categories_offered(community).filter(code=code).first()
    if category is None:
        raise Missing("open311.no_such_service", found=code[:60])
    questions: list[dict[str, object]] = category.questions
    return questions


def attributes_of(community: Community, code: str) -> list[Attribute]:
    return [_attribute(question) for question in questions_of(community, code)]


def requests(community: Community, wanted: Wanted) -> list[Request]:
    found = _found(community, wanted)
    first = (wanted.page - 1) * wanted.page_size
    titles = titles_of(community.pk)
    return [_request(report, community, titles) for report in _shown(found)[first : first + wanted.page_size]]


def request_of(community: Community, number: str) -> Request:
    """One that a moderator took out is told without its words; one that nobody may see yet does not exist."""
    if not is_number(number):
        raise Missing("open311.no_such_request", found=number[:60])
    told = Report.objects.filter(community=community, number=int(number), published_at__isnull=False)
    report = _shown(told.order_by("pk")).first()
    if report is None:
        raise Missing("open311.no_such_request", found=number[:60])
    return _request(report, community, titles_of(community.pk))


def number_behind(community: Community, token: str) -> str:
    """Empty while a moderator reads it."""
    try:
        known_by = UUID(token)
    except ValueError:
        raise Missing("open311.no_such_token") from None
    found = Report.objects.filter(community=community, source=OPEN311, client_uuid=known_by).order_by("pk").first()
    if found is None:
        raise Missing("open311.no_such_token")
    return "" if found.state == State.CHECKING else str(found.number)


def status_of(state: str) -> Status:
    return Status.OPEN if State(state) in AT_WORK else Status.CLOSED


def _found(community: Community, wanted: Wanted) -> QuerySet[Report]:
    everything = Report.objects.filter(community=community, state__in=[state.value for state in ON_THE_MAP])
    if wanted.ids:
        return everything.filter(number__in=[int(each) for each in wanted.ids if is_number(each)]).order_by(*NEWEST)
    found = everything.filter(_statuses(wanted.statuses))
    if wanted.services:
        found = found.filter(category_codes__overlap=_known(community, wanted.services))
    if wanted.span is not None:
        found = found.filter(published_at__gte=wanted.span.first, published_at__lte=wanted.span.last)
    if wanted.updated_after is not None:
        found = found.filter(updated_at__gte=wanted.updated_after)
    if wanted.updated_before is not None:
        found = found.filter(updated_at__lte=wanted.updated_before)
    if wanted.box is not None:
        found = found.filter(within(wanted.box))
    by_change = wanted.updated_after or wanted.updated_before
    return found.order_by("updated_at", "pk") if by_change else found.order_by(*NEWEST)


def _statuses(asked: frozenset[Status]) -> Q:
    if not asked or asked == set(Status):
        return Q()
    return Q(state__in=[state.value for state in (AT_WORK if Status.OPEN in asked else ENDED)])


def _known(community: Community, codes: Sequence[str]) -> list[str]:
    """A category stands for everything under it; one that the community has never had is an error of the program."""
    known = list(Category.objects.filter(community=community).order_by("pk").values_list("code", flat=True))
    unknown = next((code for code in codes if code not in known), None)
    if unknown is not None:
        raise Missing("open311.no_such_service", found=unknown[:60])
    return [each for each in known if set(codes) & set(lineage(each))]


def _shown(found: QuerySet[Report]) -> QuerySet[Report]:
    pictures = Photo.objects.filter(hidden=False, stage=Photo.Stage.BEFORE, file__is_public=True)
    seen = Prefetch("photos", pictures.select_related("file").order_by("position", "pk"), to_attr="seen")
    return found.select_related("organisation").defer("answers").prefetch_related(seen)


def _attribute(question: Mapping[str, object]) -> Attribute:
    options = question.get("options")
    return Attribute(
        code=str(question["code"]),
        datatype=DATATYPES.get(str(question.get("kind", "text")), "text"),
        required=bool(question.get("required")),
        description=str(question["label"]),
        values=[(str(option), str(option)) for option in options] if isinstance(options, Sequence) else (),
    )


def _service(category: Category, titles: Mapping[str, str]) -> Offer:
    trail = trail_of(titles, category.code)
    return Offer(
        code=category.code,
        name=category.title,
        description=" › ".join(trail),
        group=trail[0] if trail else "",
        keywords=category.words,
        metadata=bool(category.questions),
    )


def _request(report: Report, community: Community, titles: Mapping[str, str]) -> Request:
    code = report.category_codes[0] if report.category_codes else "—"
    is_told = report.state != State.REJECTED
    words = "\n\n".join(part for part in (report.title, report.text) if part)
    return Request(
        id=str(report.number),
        status=status_of(report.state),
        status_notes=_notes(report),
        service_code=code,
        service_name=titles.get(code, code),
        description=words if is_told else "",
        agency_responsible=report.organisation.name if report.organisation else "",
        requested_at=report.published_at or report.submitted_at,
        updated_at=report.updated_at,
        expected_at=_expected(report),
        address=report.address if is_told else "",
        lat=report.lat if is_told else None,
        lon=report.lon if is_told else None,
        media_url=_media(report, community) if is_told else "",
        extension=_extension(report, community),
    )


def _notes(report: Report) -> str:
    look = gettext(STATES[State(report.state)].label)
    if State(report.state) not in ENDED or not report.result:
        return look
    return f"{gettext(RESULTS[Result(report.result)])}. {report.result_text}".strip()


def _expected(report: Report) -> datetime | None:
    """By when it is solved or explained, as the charter promises; nothing once that is done."""
    return report.explain_due_at if State(report.state) in AT_WORK and report.explained_at is None else None


def _media(report: Report, community: Community) -> str:
    seen: Sequence[Photo] = report.seen  # type: ignore[attr-defined]  # prefetched above
    if not seen:
        return ""
    stored = seen[0].file
    return address_of_page(community, f"/files/{stored.pk}/{quote(stored.name)}")


def _extension(report: Report, community: Community) -> Mapping[str, object]:
    return {
        "state": report.state,
        "categories": report.category_codes,
        "result": report.result,
        "confirmed": report.confirmed,
        "voices": report.voice_count,
        "url": address_of_page(community, path_of(report)),
    }


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID
