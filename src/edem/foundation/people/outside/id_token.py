"""Reading an ID token (OpenID Connect Core, 3.1.3.7): its signature is checked always, however it has come."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Never «none» and never a shared secret: only the provider can sign."""
LEEWAY = 60
"""Seconds by which the clocks may differ."""
_LONGEST_SUBJECT = 255


class Untrue(Exception):
    """This token does not prove what it says."""


def read_id_token(
    id_token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, now: datetime
) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            id_token,
            _key_for(id_token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            # Its times are checked below by the moment of the request.
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, KeyError, ValueError, TypeError) as wrong:
        raise Untrue(type(wrong).__name__) from wrong
    _check_times(claims, now=now.timestamp())
    _check_parties(claims, client_id=client_id)
    return claims


def _key_for(id_token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that the token names; a token that names none is read by the only signing key there is."""
    named = jwt.get_unverified_header(id_token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    found = [key for key in signing if key.key_id == named] if named else signing
    if len(found) != 1:
        raise Untrue("no such key")
    return found[0]


def _check_times(claims: Mapping[str, Any], *, now: float) -> None:
    ends, begun = claims["exp"], max(claims["iat"], claims.get("nbf", 0))
    if ends <= now - LEEWAY or begun > now + LEEWAY:
        raise Untrue("out of its time")


def _check_parties(claims: Mapping[str, Any], *, client_id: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else client_id) != client_id:
        raise Untrue("made for another party")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
        raise Untrue("no stable subject")
