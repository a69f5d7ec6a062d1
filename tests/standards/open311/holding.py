"""Holds what a server says to the schemas of GeoReport v2 that lie beside: XML by XSD, JSON by JSON Schema."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import xmlschema

HERE = Path(__file__).parent
XML_TYPE, JSON_TYPE = "text/xml; charset=utf-8", "application/json; charset=utf-8"


@cache
def _xsd() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(HERE / "georeport_v2.xsd")


@cache
def _json_schema(document: str) -> jsonschema.Draft202012Validator:
    whole = json.loads((HERE / "georeport_v2.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{document}", "$defs": whole["$defs"]})


def xml_faults(content: bytes) -> list[str]:
    """Nothing when it is one of the documents of the standard."""
    return [f"{fault.path}: {fault.reason}" for fault in _xsd().iter_errors(content.decode("utf-8-sig"))]


def json_faults(content: bytes, document: str) -> list[str]:
    found = json.loads(content)
    return [f"{fault.json_path}: {fault.message}" for fault in _json_schema(document).iter_errors(found)]
