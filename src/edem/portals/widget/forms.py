"""What an editor chooses before copying the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.catalog.manifest import WidgetPanel
from edem.foundation.catalog.registry import switched_on
from edem.foundation.communities.models import Community
from edem.ui.forms import Form, offer

MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One panel as it will stand on the site: «petitions/list», «petitions/one/74»."""

    address: str
    title: str
    theme: str


def panels_of(community: Community) -> Mapping[str, WidgetPanel]:
    return {
        f"{manifest.prefix}/{panel.code}": panel
        for manifest in switched_on(community)
        for panel in manifest.widget_panels
    }


class CodeForm(Form):
    panel = forms.ChoiceField(label=_("Що показувати"))
    number = forms.IntegerField(
        label=_("Номер в адресі"),
        required=False,
        min_value=1,
        max_value=MOST_NUMBER,
        help_text=_("Лише для однієї петиції: число з її адреси. Наприклад, 74 з …/petitions/74/."),
    )
    theme = forms.ChoiceField(label=_("Тло"), choices=[("light", _("світле")), ("dark", _("темне"))], initial="light")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panels = panels_of(community)
        offer(self, "panel", [(address, gettext(panel.title)) for address, panel in self.panels.items()])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        panel = self.panels.get(typed.get("panel", ""))
        if panel and panel.of_one and not typed.get("number") and "number" not in self.errors:
            self.add_error("number", gettext("Впишіть число з адреси: воно скаже, що саме показувати."))
        return typed

    def chosen(self) -> Choice | None:
        if not self.is_valid():
            return None
        panel, typed = self.panels[self.cleaned_data["panel"]], self.cleaned_data
        number = f"/{typed['number']}" if panel.of_one else ""
        return Choice(address=f"{typed['panel']}{number}", title=gettext(panel.title), theme=typed["theme"])
