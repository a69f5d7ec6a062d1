"""What a charter is: a typed, frozen model of the numbers a council may decide. Pure."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Charter(BaseModel):
    """The base of every service's charter; a field's title and description are marked with N_().

    `Field(json_schema_extra={"group": N_("…")})` puts fields under one heading on the form and on «Правила»;
    `{"options": {"value": N_("…")}}` names what a text or a list of texts may hold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: ClassVar[Mapping[str, str]] = {}
    """Value of an enumeration → how people say it, marked with N_()."""
