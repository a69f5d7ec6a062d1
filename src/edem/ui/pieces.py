"""How every component becomes HTML, and how its examples are written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def piece(template: str, **facts: object) -> SafeString:
    """Render `ui/<template>.html` with nothing but the given facts."""
    return render_to_string(f"ui/{template}.html", facts)


def trimmed(content: str) -> SafeString:
    """The content of a block tag, which Django has rendered, without the spaces around it."""
    return SafeString(content.strip())


@dataclass(frozen=True, kw_only=True)
class Example:
    """A piece of template that a colleague may copy. It feeds the gallery, the snapshots and axe."""

    title: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
