"""One document in the two forms that GeoReport v2 knows: XML with named lists, JSON with bare arrays."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape

from edem.kernel.deadlines import KYIV

Value = object
"""A text, a number, a moment, yes or no, nothing; a mapping or a list of such."""


class Form(StrEnum):
    XML = "xml"
    JSON = "json"


CONTENT_TYPES: Final = {Form.XML: "text/xml; charset=utf-8", Form.JSON: "application/json; charset=utf-8"}

_DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_ITEMS: Final = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "categories": "category",
    "organisations": "organisation",
    "media_urls": "media_url",
}
"""What one thing of a list is called in XML; JSON has no name for it."""
_NOT_FOR_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(root: str, value: Value, *, form: Form) -> bytes:
    if form is Form.JSON:
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return (_DECLARATION + _element(root, value)).encode("utf-8", "replace")


def moment(value: datetime | None) -> str:
    """W3C with its zone, to the second; nothing is an empty text."""
    return value.astimezone(KYIV).isoformat(timespec="seconds") if value else ""


def _plain(value: Value) -> Value:
    """What is absent is an empty text, as the standard's own examples have it."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else value


def _element(name: str, value: Value) -> str:
    inside = _inside(name, value)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _inside(name: str, value: Value) -> str:
    if isinstance(value, Mapping):
        return "".join(_element(part, each) for part, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(_element(_ITEMS[name], each) for each in value)
    return escape(_NOT_FOR_XML.sub("", _text(value)))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else str(value)
