"""GeoReport v2, served: parse, ask or act, answer with a document (spec: wiki.open311.org/GeoReport_v2)."""

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force, organisations_of
from edem.foundation.people.programs import Key
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing, NotAllowed
from edem.services.reports.actions.landing import Word, land_update
from edem.services.reports.actions.open311 import store_media
from edem.services.reports.actions.sending import send_report
from edem.services.reports.charter import ReportCharter
from edem.services.reports.queries import open311, open311_updates
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.rules.answers import check_answers
from edem.services.reports.rules.draft import Draft, check_draft, tidy
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.open311 import documents
from edem.services.reports.rules.open311.asking import MOST, span, wanted
from edem.services.reports.rules.open311.drafting import drafted, number_of_retry
from edem.services.reports.rules.open311.parameters import listed, whole
from edem.services.reports.rules.open311.posting import Posted, posted, posted_update
from edem.services.reports.web.open311_door import UPDATE, WRITE, Document, asked, key_with, sent

TRIAL = "/open311/test/v2"
PLACE = "/open311/v2"
ON_TRIAL = "test"


def discovery(request: CommunityRequest) -> Document:
    community = request.community
    told = documents.discovery(
        url=address_of_page(community, PLACE),
        test_url=address_of_page(community, TRIAL),
        contact=community.contact_email or community.contact_phone or community.council_name,
        key_service=address_of_page(community, "/developers/"),
    )
    return Document(root="discovery", value=told)


def services(request: CommunityRequest) -> Document:
    return Document(root="services", value=[documents.service(each) for each in open311.services(request.community)])


def service(request: CommunityRequest, code: str) -> Document:
    attributes = open311.attributes_of(request.community, code)
    return Document(root="service_definition", value=documents.definition(code, attributes))


def requests(request: CommunityRequest) -> Document:
    question = wanted(asked(request), now=request.now)
    found = open311.requests(request.community, question)
    told = [documents.request(each, extended=question.extensions) for each in found]
    return Document(root="service_requests", value=told)


def one_request(request: CommunityRequest, request_number: str) -> Document:
    extended = asked(request).get("extensions", "").lower() == "true"
    found = open311.request_of(request.community, request_number)
    return Document(root="service_requests", value=[documents.request(found, extended=extended)])


def token(request: CommunityRequest, request_token: str) -> Document:
    number = open311.number_behind(request.community, request_token)
    return Document(root="service_requests", value=[{"service_request_id": number, "token": request_token}])


def updates(request: CommunityRequest) -> Document:
    parameters = asked(request)
    found = open311_updates.updates(
        request.community,
        span(parameters, now=request.now),
        ids=listed(parameters, "service_request_id"),
        page=whole(parameters, "page", default=1, most=100),
        page_size=whole(parameters, "page_size", default=MOST, most=MOST),
    )
    return Document(root="service_request_updates", value=[documents.update(each) for each in found])


def send(request: CommunityRequest) -> Document:
    parameters = sent(request)
    key = key_with(request, parameters, WRITE)
    said = posted(parameters, dict(request.POST.lists()))
    charter = _charter(request)
    draft = _draft(request, said, charter, client_uuid=_number(request, key))
    photos = store_media(_media(request), community=request.community, now=request.now)
    report = send_report(replace(draft, photos=photos), community=request.community, by=None, now=request.now)
    is_new = report.submitted_at == request.now
    seen = report.state != State.CHECKING
    told = documents.taken(
        request_id=str(report.number) if seen else "",
        token="" if seen else str(report.client_uuid),
        notice=_notice(said, is_seen=seen),
    )
    return Document(root="service_requests", value=[told], status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def send_on_trial(request: CommunityRequest) -> Document:
    """The test endpoint: everything is checked as for a true report, and nothing is written."""
    parameters = sent(request)
    key_with(request, parameters, WRITE)
    said = posted(parameters, dict(request.POST.lists()))
    _draft(request, said, _charter(request), client_uuid=uuid4())
    told = documents.taken(token=ON_TRIAL, notice=_("Це перевірка: повідомлення не збережено."))
    return Document(root="service_requests", value=[told])


def send_update(request: CommunityRequest) -> Document:
    parameters = sent(request)
    organisation_id, organisation_name = _organisation(request, key_with(request, parameters, UPDATE))
    said = posted_update(parameters, now=request.now)
    if not open311.is_number(said.service_request_id):
        raise Missing("open311.no_such_request", found=said.service_request_id[:60])
    landed = land_update(
        request.community.pk,
        int(said.service_request_id),
        Word(key=said.update_id or uuid4().hex, status=said.status, text=said.description, link=said.media_url),
        organisation_id=organisation_id,
        organisation_name=organisation_name,
        now=request.now,
    )
    return Document(
        root="service_request_updates", value=[{"update_id": f"landed-{landed}"}], status=HTTPStatus.CREATED
    )


def _organisation(request: CommunityRequest, key: Key) -> tuple[int, str]:
    """An update is an organisation's word, so its key must be an organisation's."""
    known = {each.pk: each.name for each in organisations_of(request.community.pk)}
    if key.organisation_id is None or key.organisation_id not in known:
        raise NotAllowed("open311.organisation_key_needed")
    return key.organisation_id, known[key.organisation_id]


def nowhere(request: CommunityRequest, rest: str = "") -> Document:
    del request, rest
    raise Missing("open311.no_such_address")


def _draft(request: CommunityRequest, said: Posted, charter: ReportCharter, *, client_uuid: UUID) -> Draft:
    """Refuses whatever the sending would refuse, before a picture is stored."""
    community: Community = request.community
    offered = {each.code: each for each in open311.services(community)}
    if said.service_code not in offered:
        raise Missing("open311.no_such_service", found=said.service_code[:60])
    attributes = open311.attributes_of(community, said.service_code)
    name = offered[said.service_code].name
    draft = tidy(drafted(said, service_name=name, attributes=attributes, client_uuid=client_uuid))
    check_draft(draft, photos_most=charter.photos_most)
    check_answers(open311.questions_of(community, said.service_code), draft.answers)
    return draft


def _charter(request: CommunityRequest) -> ReportCharter:
    """A program cannot prove who is behind it, so where the charter asks for that, it may not send."""
    charter = read_version(charter_in_force(request.community.pk, CODE, now=request.now).pk)
    if charter.only_members_send or charter.assurance:
        raise NotAllowed("open311.members_only")
    return charter


def _number(request: CommunityRequest, key: Key) -> UUID:
    retry = request.headers.get("Idempotency-Key", "").strip()
    return number_of_retry(key.prefix, retry) if retry else uuid4()


def _media(request: CommunityRequest) -> "list[UploadedFile[bytes]]":
    return [upload for name in ("media", "media[]") for upload in request.FILES.getlist(name)]


def _notice(said: Posted, *, is_seen: bool) -> str:
    told = [_("Повідомлення прийнято.") if is_seen else _("Повідомлення прийнято; його спершу прочитає модератор.")]
    if said.said_who:
        told.append(_("Ім’я, пошту й телефон не збережено: тут не показують авторів, відомих лише програмі."))
    return " ".join(told)
