"""What staff type when they step a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.services.reports.actions.after_photos import Upload
from edem.services.reports.queries.choices import categories_to_put_under
from edem.services.reports.queries.organisations import organisations_offered
from edem.services.reports.queries.reading import ReportPage
from edem.services.reports.rules.draft import TEXT_MAX, TITLE_MAX
from edem.services.reports.rules.grounds import GROUNDS
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.passing import REASON_MAX
from edem.services.reports.rules.results import ADDRESSEE_MAX, RESULTS, Closing, Result
from edem.services.reports.rules.results import TEXT_MAX as RESULT_MAX
from edem.services.reports.rules.words import TEXT_MOST
from edem.services.reports.web.organisation_forms import photos_field
from edem.ui.forms import Form, offer


class CaseForm(Form):
    """A step of a report; it knows the page it is shown on."""

    def __init__(self, *args: Any, page: ReportPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page


class PlainForm(CaseForm):
    """A step that needs no words."""


class NoteForm(CaseForm):
    note = forms.CharField(
        label=_("Пояснення для сторінки повідомлення"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeighboursForm(CaseForm):
    """The moderator accepts only what neighbours do themselves (§3.2)."""

    self_organised = forms.BooleanField(
        label=_("Мешканці беруться вирішити це самі"),
        error_messages={"required": _("Модератор приймає лише те, що мешканці роблять самі. Позначте це.")},
    )
    note = forms.CharField(
        label=_("Хто й що робитиме"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(CaseForm):
    result = forms.ChoiceField(label=_("Результат"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Що зроблено або чому ні"), max_length=RESULT_MAX, widget=forms.Textarea(attrs={"rows": 5})
    )
    addressee = forms.CharField(
        label=_("Чия це компетенція"),
        required=False,
        max_length=ADDRESSEE_MAX,
        help_text=_("Лише якщо не громади: хто за це відповідає і куди звертатися."),
    )
    photos_sent = photos_field(help_text=_("З перевірки на місці. Побачать усі."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "result", [(result.value, _(label)) for result, label in RESULTS.items()])

    def closing(self) -> Closing:
        typed = self.cleaned_data
        return Closing(result=Result(typed["result"]), text=typed["text"], addressee=typed["addressee"])

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos_sent") or [])


class ReasonForm(CaseForm):
    reason = forms.CharField(
        label=_("Чому"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Це прочитають усі."),
    )


class WordsForm(CaseForm):
    text = forms.CharField(
        label=_("Що сказати авторові"),
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Це прочитають усі."),
    )


class RejectForm(CaseForm):
    ground = forms.ChoiceField(label=_("Підстава"))
    note = forms.CharField(label=_("Пояснення авторові"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self, "ground", [("", _("Виберіть підставу")), *((each, _(look.label)) for each, look in GROUNDS.items())]
        )


class RedirectForm(ReasonForm):
    organisation = forms.TypedChoiceField(label=_("Кому передати"), coerce=int)
    field_order = ("organisation", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", [("", _("Виберіть")), *organisations_offered(self.page.report.community)])


class CategoryForm(ReasonForm):
    category = forms.ChoiceField(label=_("Головна категорія"), help_text=_("За нею визначено, хто відповідає."))
    also = forms.MultipleChoiceField(
        label=_("Залишити й ці категорії"), required=False, widget=forms.CheckboxSelectMultiple
    )
    passes_on = forms.BooleanField(label=_("Передати організації, яка відповідає за нову категорію"), required=False)
    field_order = ("category", "also", "passes_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = categories_to_put_under(self.page.report.community)
        present = self.page.report.category_codes
        left = [(code, title.strip()) for code, title in offered if code in present]
        offer(self, "category", offered)
        offer(self, "also", left)
        self.initial = {"category": present[0] if present else "", "also": present[1:]}
        self.initial["passes_on"] = self.page.state is State.OPEN
        if not left:
            del self.fields["also"]
        if self.page.state not in AT_WORK or not self.page.holders:  # what nobody holds is handed out anyway
            del self.fields["passes_on"]

    def codes(self) -> list[str]:
        """The main one first."""
        return [self.cleaned_data["category"], *self.cleaned_data.get("also", [])]


class EditForm(ReasonForm):
    title = forms.CharField(label=_("Назва"), max_length=TITLE_MAX)
    text = forms.CharField(
        label=_("Опис"), required=False, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 8})
    )
    hides_former = forms.BooleanField(
        label=_("Не показувати попередній текст: у ньому особисті дані або образа"), required=False
    )
    field_order = ("title", "text", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"title": self.page.report.title, "text": self.page.report.text}
