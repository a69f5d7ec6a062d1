"""What a key is good for, told to the program that holds it: /api/v1/key."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from edem.foundation.people.programs import key_of, open_to_keys
from edem.portals.public_api.admission import WITH_KEY
from edem.portals.public_api.models import ApiKey

router = Router(tags=["key"])


class Refusal(Schema):
    code: str
    message: str


class OwnKey(Schema):
    name: str
    prefix: str
    organisation: str
    scopes: list[str] | None
    per_minute: int
    expires_at: datetime
    last_used_on: date | None
    is_replaced: bool


@router.get(
    "", response={200: OwnKey, 403: Refusal}, summary="The key that this request has brought", url_name="own_key"
)
@open_to_keys()
def read_own_key(request: HttpRequest) -> dict[str, object]:
    key = key_of(request)
    assert isinstance(key, ApiKey)
    return {
        "name": key.name,
        "prefix": key.prefix,
        "organisation": key.organisation.name if key.organisation else "",
        "scopes": key.scopes,
        "per_minute": key.per_minute or WITH_KEY,
        "expires_at": key.expires_at,
        "last_used_on": key.last_used_on,
        "is_replaced": ApiKey.objects.filter(replaces=key).exists(),
    }
