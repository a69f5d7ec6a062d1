"""The public API of a community: /api/v1. Services bring their routers in their manifests."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from edem.foundation.catalog.registry import manifests
from edem.foundation.people.programs import Programs, Scope
from edem.kernel.counts import WINDOW_SECONDS
from edem.kernel.errors import Invalid, Refused, TooOften
from edem.portals.public_api.admission import admit_program
from edem.portals.public_api.own_key import router as own_key
from edem.ui.refusals import sentence_of

api = NinjaAPI(
    title="e-DEM",
    version="1",
    description="Open data of a community. Anybody may read; a key in X-Api-Key lifts the tight limits.",
    urls_namespace="api",
    auth=admit_program,
    docs_url=None,
)

api.add_router("/key", own_key)
for manifest in manifests():
    if manifest.api is not None:
        api.add_router(f"/{manifest.prefix}", manifest.api)


@api.exception_handler(Refused)
def answer_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    told = {"code": refusal.code, "message": sentence_of(refusal)}
    response = api.create_response(request, told, status=refusal.status)
    if isinstance(refusal, TooOften):
        response["Retry-After"] = f"{round(WINDOW_SECONDS)}"
    return response


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = {"code": "api.invalid", "message": sentence_of(Invalid("api.invalid")), "errors": error.errors}
    return api.create_response(request, told, status=422)


def scopes() -> list[Scope]:
    """What keys may be given for: whatever the operations have declared, and services whose doors a standard gives."""
    found = {programs_of(each).scope for each in operations()}
    found |= {scope for manifest in manifests() for scope in manifest.scopes}
    return sorted((scope for scope in found if scope is not None), key=lambda scope: scope.code)


def programs_of(operation: Operation) -> Programs:
    declared: Programs = operation.view_func.programs  # type: ignore[attr-defined]
    return declared


def operations() -> Iterator[Operation]:
    for router in api._get_bound_routers():  # noqa: SLF001 - ninja has no public list of what it serves
        for view in router.path_operations.values():
            yield from view.operations
