"""The public API of a community: /api/v1. Services bring their routers in their manifests."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from edem.foundation.catalog.registry import manifests
from edem.kernel.errors import Invalid, Refused
from edem.portals.public_api.admission import admit_program
from edem.ui.refusals import sentence_of

api = NinjaAPI(
    title="e-DEM",
    version="1",
    description="Open data of a community. Anybody may read; a key in X-Api-Key lifts the tight limits.",
    urls_namespace="api",
    auth=admit_program,
    docs_url=None,
)

for manifest in manifests():
    if manifest.api is not None:
        api.add_router(f"/{manifest.prefix}", manifest.api)


@api.exception_handler(Refused)
def answer_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    told = {"code": refusal.code, "message": sentence_of(refusal)}
    return api.create_response(request, told, status=refusal.status)


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = {"code": "api.invalid", "message": sentence_of(Invalid("api.invalid")), "errors": error.errors}
    return api.create_response(request, told, status=422)
