"""The only pages that other sites may frame: they hold nothing personal and no form, so nobody can be led to click."""

from typing import TypeVar

from django.http import HttpResponse

from edem.ui.csp import import_map_hash
from edem.ui.maps import map_hosts

Answer = TypeVar("Answer", bound=HttpResponse)


def framed_anywhere(response: Answer) -> Answer:
    """`frame-ancestors` of every other page stays 'none' (config/security.py)."""
    maps = " ".join(["'self'", *map_hosts()])
    response["Content-Security-Policy"] = (
        f"default-src 'self'; script-src 'self' {import_map_hash()}; img-src {maps} data: blob:; connect-src {maps}; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.xframe_options_exempt = True  # the older header has no word for «anyone»: it is left out
    return response
