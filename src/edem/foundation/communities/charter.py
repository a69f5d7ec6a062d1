"""What a charter is: a typed, frozen model of the numbers a council may decide. Pure."""

from pydantic import BaseModel, ConfigDict


class Charter(BaseModel):
    """The base of every service's charter; a field's title and description are marked with N_()."""

    model_config = ConfigDict(frozen=True, extra="forbid")
