"""Reading a provider's tokens: an ID token (OpenID Connect Core, 3.1.3.7) and a logout token (Back-Channel Logout 1.0).

The signature is checked always, however a token has come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Never «none» and never a shared secret: only the provider can sign."""
LEEWAY = 60
"""Seconds by which the clocks may differ."""
LOGOUT_LIFE = 600
"""Seconds for which a word about a logout is taken; as long is remembered that it was."""
_LOGOUT: Final = "http://schemas.openid.net/event/backchannel-logout"
_LOGOUT_TYPES: Final = (None, "JWT", "logout+jwt", "application/logout+jwt")
_LONGEST_SUBJECT = 255


class Untrue(Exception):
    """This token does not prove what it says."""


@dataclass(frozen=True, kw_only=True)
class Logout:
    """Whom the provider has signed out: of one session, or of all."""

    subject: str
    session: str
    number: str
    """Of the token: it is taken once."""


def read_id_token(
    id_token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, now: datetime
) -> dict[str, Any]:
    required = ("iss", "sub", "aud", "exp", "iat")
    claims = _signed(id_token, keys=keys, issuer=issuer, client_id=client_id, required=required)
    _check_times(claims, now=now.timestamp())
    _check_parties(claims, client_id=client_id)
    if not _is_name(claims["sub"]):
        raise Untrue("no stable subject")
    return claims


def read_logout_token(
    logout_token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, now: datetime
) -> Logout:
    """By section 2.6; an ID token never passes for one, nor one of these for it."""
    required = ("iss", "aud", "iat", "jti", "events")
    claims = _signed(logout_token, keys=keys, issuer=issuer, client_id=client_id, required=required)
    if jwt.get_unverified_header(logout_token).get("typ") not in _LOGOUT_TYPES:
        raise Untrue("another kind of token")
    _check_logout_times(claims, now=now.timestamp())
    _check_parties(claims, client_id=client_id)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(_LOGOUT), dict) or "nonce" in claims:
        raise Untrue("no word about a logout")
    subject, session = claims.get("sub", ""), claims.get("sid", "")
    named = [name for name in (subject, session) if name != ""]
    if not named or not all(map(_is_name, (*named, claims["jti"]))):
        raise Untrue("nobody is named")
    return Logout(subject=subject, session=session, number=claims["jti"])


def _signed(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, required: Sequence[str]
) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_for(token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            # Its times are checked apart, by the moment of the request.
            options={
                "require": list(required),
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, KeyError, ValueError, TypeError) as wrong:
        raise Untrue(type(wrong).__name__) from wrong
    return claims


def named_key(token: str) -> str:
    """Which key the token says it was signed by; nothing is checked yet."""
    try:
        return str(jwt.get_unverified_header(token).get("kid") or "")
    except jwt.PyJWTError as wrong:
        raise Untrue(type(wrong).__name__) from wrong


def _key_for(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that the token names; a token that names none is read by the only signing key there is."""
    named = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    found = [key for key in signing if key.key_id == named] if named else signing
    if len(found) != 1:
        raise Untrue("no such key")
    return found[0]


def _check_times(claims: Mapping[str, Any], *, now: float) -> None:
    try:
        ends, begun = float(claims["exp"]), max(float(claims["iat"]), float(claims.get("nbf", 0)))
    except (TypeError, ValueError) as wrong:
        raise Untrue("no time") from wrong
    if not ends > now - LEEWAY or not begun <= now + LEEWAY:  # «not a number» is neither
        raise Untrue("out of its time")


def _check_logout_times(claims: Mapping[str, Any], *, now: float) -> None:
    """An old one may have been kept by somebody for a rainy day, whatever end it names itself."""
    begun = claims["iat"]
    if not isinstance(begun, int | float):
        raise Untrue("no time")
    _check_times({**claims, "exp": begun + LOGOUT_LIFE}, now=now)
    if "exp" in claims:
        _check_times(claims, now=now)


def _check_parties(claims: Mapping[str, Any], *, client_id: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else client_id) != client_id:
        raise Untrue("made for another party")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_SUBJECT
