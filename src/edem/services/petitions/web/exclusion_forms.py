"""What officers type when they look for fraud: conditions, the ground, the reason, and a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.petitions.actions.excluding import Proposal
from edem.services.petitions.queries.choices import Choices
from edem.services.petitions.queries.exclusions import Preview
from edem.services.petitions.rules.channels import channel_label, way_label
from edem.services.petitions.rules.conditions import LEAST_REPEATS, Conditions
from edem.services.petitions.rules.exclusions import CHOSEN_BY_OFFICERS, GROUNDS, Move
from edem.services.petitions.web.forms import ReasonForm, said
from edem.ui.forms import Form, offer

TO_THE_SECOND = "%Y-%m-%dT%H:%M:%S"


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": "1"}, format=TO_THE_SECOND)


class MomentField(forms.DateTimeField):
    """A moment to the second, in Kyiv's time."""

    widget = MomentInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[TO_THE_SECOND, "%Y-%m-%dT%H:%M"], **kwargs)


class ConditionsForm(Form):
    since = MomentField(label=_("Від"), required=False)
    until = MomentField(label=_("До цієї секунди включно"), required=False)
    channel = forms.ChoiceField(label=_("Звідки"), required=False)
    assurance = forms.ChoiceField(label=_("Спосіб входу"), required=False)
    settlement = forms.ChoiceField(label=_("Населений пункт"), required=False)
    sheet = forms.TypedChoiceField(label=_("Аркуш"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(label=_("Частина імені"), required=False, max_length=200)
    repeats = forms.IntegerField(
        label=_("Найменше повторів імені"), required=False, min_value=LEAST_REPEATS, max_value=100_000
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("channel", [(each, gettext(channel_label(each))) for each in choices.channels])
        self._offer("assurance", [(each, gettext(way_label(each))) for each in choices.assurances])
        self._offer("settlement", list(choices.settlements))
        self._offer("sheet", [(str(pk), gettext("№ %(n)s") % {"n": number}) for pk, number in choices.sheets])

    def _offer(self, name: str, given: list[tuple[str, str]]) -> None:
        """What has nothing to choose from is not asked."""
        if given:
            offer(self, name, [("", gettext("Будь-який")), *given])
        else:
            del self.fields[name]

    def conditions(self) -> Conditions:
        typed = self.cleaned_data
        return Conditions(
            since=typed.get("since"),
            until=typed.get("until"),
            channel=typed.get("channel") or "",
            assurance=typed.get("assurance") or "",
            sheet_id=typed.get("sheet"),
            settlement_code=typed.get("settlement") or "",
            name=(typed.get("name") or "").strip(),
            repeats=typed.get("repeats"),
        )


class ProposalForm(Form):
    ground = forms.ChoiceField(
        label=_("Підстава"),
        widget=forms.RadioSelect,
        choices=said({ground: look.label for ground, look in GROUNDS.items() if ground in CHOSEN_BY_OFFICERS}),
    )
    reason = forms.CharField(
        label=_("Що саме виявлено"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Факти, за якими це зможе перевірити суд чи журналіст. Пояснення побачать усі, тож без імен."),
    )
    last_ordinal = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def proposal(self, conditions: Conditions) -> Proposal:
        return Proposal(conditions=conditions, **self.cleaned_data)

    def show_anew(self, preview: Preview) -> None:
        """After a refusal the page shows the set as it is now: the next try is about that one."""
        self.data = {**self.data, **seen_in(preview)}


def seen_in(preview: Preview) -> dict[str, object]:
    """What tells the previewed set from any other; it goes with the proposal."""
    return {"last_ordinal": preview.last_ordinal, "digest": preview.chosen.digest}


class ConfirmForm(Form):
    """A decision that needs no words of its own: the ground and the reason are the proposal's."""


class DeclineForm(ReasonForm):
    words = _("Чому не виключати")


class ReturnProposalForm(ReasonForm):
    words = _("Чому підписи справжні")


class KeepForm(ReasonForm):
    words = _("Чому залишити виключеними")


class ShortfallForm(ReasonForm):
    words = _("Чому вирішено так")


MOVE_FORMS: dict[Move, type[Form]] = {
    Move.CONFIRM: ConfirmForm,
    Move.DECLINE: DeclineForm,
    Move.PROPOSE_RETURN: ReturnProposalForm,
    Move.RETURN: ConfirmForm,
    Move.KEEP: KeepForm,
}
