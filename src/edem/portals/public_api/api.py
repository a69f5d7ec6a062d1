"""The public API of a community: /api/v1. Services bring their routers in their manifests."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from edem.foundation.catalog.registry import manifests
from edem.kernel.errors import Refused
from edem.portals.public_api.admission import admit_program
from edem.ui.refusals import sentence_of

api = NinjaAPI(
    title="е-ДЕМ",
    version="1",
    description="Відкритий API громади. Читати може кожен; ключ у заголовку X-Api-Key знімає тісні обмеження.",
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
    told = {"code": "api.invalid", "message": "Перевірте параметри запиту.", "errors": error.errors}
    return api.create_response(request, told, status=422)
