"""What the people of an organisation type about a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.reports.actions.after_photos import Upload
from edem.services.reports.actions.task_links import LEAST_DAYS, MOST_DAYS
from edem.services.reports.queries.cases import Case, addressees_of, executors_of, photo_needed
from edem.services.reports.rules.lifecycle import AT_WORK, ENDED, STATES, State
from edem.services.reports.rules.results import ADDRESSEE_MAX, RESULTS, TEXT_MAX, Closing, Result
from edem.services.reports.rules.words import NAME_MOST, TEXT_MOST
from edem.ui.fields import FileField
from edem.ui.forms import Form, offer

PHOTOS = "image/jpeg,image/png,image/webp,image/heic,image/heif"
AT_ONCE = 8


def words_field(label: Any, *, rows: int = 6, most: int = TEXT_MOST, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def photos_field(**kwargs: Any) -> FileField:
    return FileField(label=_("Фото роботи"), required=False, accept=PHOTOS, max_count=AT_ONCE, **kwargs)


class CaseForm(Form):
    """Each form knows the case: its organisation's executors, templates and neighbours."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fill()

    def fill(self) -> None:
        """Give the fields what is known only now."""

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos") or [])


class BareForm(CaseForm):
    """An act that needs no words."""


class AcceptForm(CaseForm):
    executor = forms.ChoiceField(label=_("Виконавець"), required=False)
    name = forms.CharField(label=_("Або хто ще"), required=False, max_length=NAME_MOST)

    def fill(self) -> None:
        known = executors_of(self.case.held.organisation_id)
        if known:
            offer(self, "executor", [("", gettext("Ще не визначено")), *((str(pk), name) for pk, name in known)])
        else:
            del self.fields["executor"]
            self.fields["name"].label = gettext("Виконавець")


class AppointForm(AcceptForm):
    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("executor") and not typed.get("name"):
            self.add_error("name", gettext("Виберіть виконавця або впишіть його ім’я."))
        return typed


class RefuseForm(CaseForm):
    passed_to = forms.TypedChoiceField(label=_("Чиє це"), required=False, coerce=int, empty_value=None)
    reason = words_field(_("Чому це не ваше"), rows=4, help_text=_("Це побачать усі на сторінці повідомлення."))

    def fill(self) -> None:
        named = [(str(pk), name) for pk, name in addressees_of(self.case)]
        offer(self, "passed_to", [("", gettext("Не знаємо — нехай вирішить орган контролю")), *named])


class WordsForm(CaseForm):
    text = words_field(_("Текст"))
    words: object = ""

    def fill(self) -> None:
        if self.words:
            self.fields["text"].label = str(self.words)


class AskForm(WordsForm):
    words = _("Що запитати в автора")


class AnswerForm(WordsForm):
    words = _("Відповідь")


class ExplainForm(WordsForm):
    words = _("Чому ще не вирішено і коли чекати")


class NoteForm(WordsForm):
    words = _("Нотатка для своїх")


class DoneForm(CaseForm):
    photos_sent = photos_field()
    text = words_field(_("Що зроблено"), rows=4)

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos_sent") or [])


class PhotosForm(CaseForm):
    photos_sent = photos_field()

    def fill(self) -> None:
        self.fields["photos_sent"].required = True

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos_sent") or [])


class CloseForm(CaseForm):
    result = forms.ChoiceField(label=_("Чим закінчилося"), widget=forms.RadioSelect)
    text = words_field(_("Що зроблено або чому ні"), most=TEXT_MAX)
    addressee = forms.CharField(
        label=_("Чия це компетенція"),
        required=False,
        max_length=ADDRESSEE_MAX,
        help_text=_("Лише якщо це не справа громади: куди звернутися авторові."),
    )
    photos_sent = photos_field()

    def fill(self) -> None:
        offer(self, "result", [(each.value, gettext(label)) for each, label in RESULTS.items()])
        if photo_needed(self.case):
            self.fields["photos_sent"].help_text = gettext("Для «Вирішено» в цій категорії фото обов’язкове.")

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos_sent") or [])

    def closing(self) -> Closing:
        typed = self.cleaned_data
        return Closing(result=Result(typed["result"]), text=typed["text"], addressee=typed["addressee"])


class LinkForm(CaseForm):
    name = forms.CharField(label=_("Для кого"), max_length=NAME_MOST, help_text=_("Назва підрядника або ім’я."))
    days = forms.IntegerField(
        label=_("Скільки днів діє"), initial=14, min_value=LEAST_DAYS, max_value=MOST_DAYS, required=True
    )


class QueueForm(Form):
    state = forms.ChoiceField(label=_("Стан"), required=False)
    category = forms.ChoiceField(label=_("Категорія"), required=False)
    q = forms.CharField(label=_("Номер, слово, вулиця"), required=False, max_length=100)
    overdue = forms.BooleanField(label=_("Лише прострочене"), required=False)
    mine = forms.BooleanField(label=_("Лише призначене мені"), required=False)
    organisation = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(each.value, gettext(STATES[each].label)) for each in State if each in AT_WORK | ENDED]
        offer(self, "state", [("", gettext("Усе, що в роботі")), *states])
        offer(self, "category", [("", gettext("Усі категорії")), *categories])


class BulkForm(Form):
    """What was marked in the queue; the executor only where that is the act."""

    act = forms.ChoiceField(widget=forms.HiddenInput)
    marked = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.MultipleHiddenInput, error_messages={"required": _("Позначте хоч одне повідомлення.")}
    )
    executor = forms.ChoiceField(required=False)
    name = forms.CharField(required=False, max_length=NAME_MOST)

    def __init__(
        self, *args: Any, acts: list[str], marked: list[int], executors: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "act", [(each, each) for each in acts])
        offer(self, "marked", [(str(each), str(each)) for each in marked])
        offer(self, "executor", [("", ""), *executors])


class TemplateForm(Form):
    title = forms.CharField(label=_("Назва шаблону"), max_length=100)
    text = words_field(_("Текст"))


class TaskForm(Form):
    """The executor's telephone: photos first, then a few words."""

    photos_sent = photos_field()
    text = words_field(_("Що зроблено"), rows=3, required=False)
    sending = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def photos(self) -> list[Upload]:
        return list(self.cleaned_data.get("photos_sent") or [])
