"""An area in a form: drawn on the map, pasted as GeoJSON, or sent as a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from edem.kernel.errors import Refused
from edem.kernel.geo.areas import MOST_BYTES, Area, area_from_text
from edem.ui.fields import FileField
from edem.ui.forms import Form
from edem.ui.refusals import sentence_of


class AreaTextField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        wide = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
        super().__init__(required=False, strip=True, widget=wide, **kwargs)


class AreaFileField(FileField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Або файл GeoJSON"), required=False, accept=".geojson,.json,application/geo+json,application/json"
        )


def typed_area(form: Form, typed: dict[str, Any]) -> Area | None:
    """What `area_file` or else `area` holds; a refusal is said beside `area`. None also when both are empty."""
    text = _text(typed)
    if not text:
        return None
    try:
        return area_from_text(text)
    except Refused as refusal:
        form.add_refusal(sentence_of(refusal), field="area")
    return None


def _text(typed: dict[str, Any]) -> str:
    sent: list[UploadedFile[bytes]] = typed.get("area_file") or []
    if not sent:
        return str(typed.get("area") or "")
    if (sent[0].size or 0) > MOST_BYTES:
        return " " * (MOST_BYTES + 1)
    return str(sent[0].read(), "utf-8-sig", "replace")
