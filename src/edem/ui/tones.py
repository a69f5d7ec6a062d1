"""The few meanings that colour may have. The first six are those of a state (kernel.lifecycle.StateLook)."""

from typing import Literal

StateTone = Literal["open", "accepted", "closed", "archive", "neutral", "warning"]
NoticeTone = Literal["info", "success", "warning", "danger"]
ButtonTone = Literal["primary", "quiet", "danger", "plain"]
