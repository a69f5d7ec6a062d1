"""What is typed about a file of reports: where it comes from, and which of its columns is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.reports.rules.importing.fields import LABELS, SOURCE_LONGEST, DayOrder, Field, Settled
from edem.ui.fields import FileField
from edem.ui.forms import Form, offer

ACCEPT = ".csv,.tsv,.txt,.geojson,.json,.xml,text/csv,application/json,application/geo+json,text/xml"
OTHER_WORDS = "\n"
EXAMPLE_MOST = 40


class UploadForm(Form):
    source = forms.CharField(
        label=_("Звідки повідомлення"),
        max_length=SOURCE_LONGEST,
        help_text=_("Латинкою, наприклад seeclickfix. За цим ім’ям повторний файл впізнає свої повідомлення."),
    )
    file = FileField(label=_("Файл"), required=False, accept=ACCEPT, help_text=_("CSV, GeoJSON, JSON або XML Open311."))
    url = forms.CharField(
        label=_("Або адреса сервера Open311"),
        required=False,
        max_length=300,
        help_text=_("До «/v2» включно. Буде взято повідомлення за останній рік."),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if bool(typed.get("file")) is bool(typed.get("url")) and "file" not in self.errors:
            self.add_refusal(gettext("Виберіть файл або вкажіть адресу."), field="file")
        return typed

    @property
    def upload(self) -> "UploadedFile[bytes] | None":
        sent: list[UploadedFile[bytes]] = self.cleaned_data.get("file") or []
        return sent[0] if sent else None


class SettleForm(Form):
    """One choice for each of our fields; what the file does not have is said once for all lines."""

    title = forms.CharField(label=_("Назва для тих, де її немає"), required=False, max_length=150)
    category = forms.ChoiceField(label=_("Категорія для тих, де її немає"), required=False)
    words = forms.CharField(
        label=_("Їхні слова про категорії"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Кожне з нового рядка, наприклад: Pothole = 3.8"),
    )
    is_closed = forms.BooleanField(label=_("Де стан не сказано, проблему вже закрито"), required=False)
    day_order = forms.ChoiceField(label=_("Дати"), widget=forms.RadioSelect)
    anywhere = forms.BooleanField(label=_("Не перевіряти, чи точки в Україні"), required=False)
    partial = forms.BooleanField(label=_("Перенести добрі рядки, хоч є й хибні"), required=False)
    hand_out = forms.BooleanField(label=_("Відкриті одразу передати організаціям за правилами"), required=False)

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        sample: Mapping[str, str],
        categories: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Each column is offered with what stands in the file's first line under it."""
        super().__init__(*args, **kwargs)
        self.columns = columns
        for field in Field:
            self.fields[f"column_{field}"] = forms.ChoiceField(label=gettext(LABELS[field]), required=False)
            offer(
                self,
                f"column_{field}",
                [("", gettext("Немає у файлі")), *((name, example(name, sample)) for name in columns)],
            )
        offer(self, "category", [("", gettext("Не вибрано")), *categories])
        orders = [(DayOrder.DAY_FIRST, gettext("22.11.2026")), (DayOrder.MONTH_FIRST, gettext("11/22/2026"))]
        offer(self, "day_order", [(str(order), words) for order, words in orders])
        self.order_fields([f"column_{field}" for field in Field])

    def settled(self) -> Settled:
        typed = self.cleaned_data
        return Settled(
            columns={field: typed[f"column_{field}"] for field in Field if typed[f"column_{field}"]},
            title=" ".join(typed["title"].split()),
            category=typed["category"],
            categories=self._words(),
            is_closed=typed["is_closed"],
            day_order=DayOrder(typed["day_order"]),
        )

    def _words(self) -> dict[str, str]:
        pairs = [line.rpartition("=") for line in self.cleaned_data["words"].splitlines()]
        return {word.strip(): code.strip() for word, sign, code in pairs if sign and word.strip() and code.strip()}


def example(name: str, sample: Mapping[str, str]) -> str:
    value = " ".join(sample.get(name, "").split())
    short = value if len(value) <= EXAMPLE_MOST else f"{value[:EXAMPLE_MOST]}…"
    return f"{name}: {short}" if short else name


def initial_of(settled: Settled) -> dict[str, object]:
    return {
        **{f"column_{field}": column for field, column in settled.columns.items()},
        "title": settled.title,
        "category": settled.category,
        "words": OTHER_WORDS.join(f"{word} = {code}" for word, code in settled.categories.items()),
        "is_closed": settled.is_closed,
        "day_order": str(settled.day_order),
    }
