"""The administrator's pages of the tree: what a problem may be called, and what is asked about it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.category_editing import add_category, add_question, edit_category, remove_question
from edem.services.reports.queries.categories import categories_of, category_in
from edem.services.reports.rules.tree_editing import (
    LABEL_MAX,
    LEVELS,
    QUESTION_KINDS,
    SCALE_MOST_M,
    TITLE_MAX,
    WINDOW_MOST_HOURS,
    WORDS_MAX,
    CategoryTyped,
    QuestionTyped,
)
from edem.ui.forms import Form, offer
from edem.ui.refusals import refusals_shown_on

ADMINISTRATORS = staff.having(Role.COMMUNITY_ADMIN)


class CategoryForm(Form):
    title = forms.CharField(label=_("Назва"), max_length=TITLE_MAX)
    words = forms.CharField(
        label=_("Інші слова"),
        max_length=WORDS_MAX,
        required=False,
        help_text=_("Як ще люди це називають, через кому. За ними категорію знайдуть."),
    )
    scale_m = forms.IntegerField(
        label=_("Як далеко повідомлення ще про те саме, м"), min_value=1, max_value=SCALE_MOST_M, initial=30
    )
    window_hours = forms.IntegerField(
        label=_("Скільки годин повідомлення ще про те саме"), min_value=1, max_value=WINDOW_MOST_HOURS, initial=720
    )
    photo_required_on_closing = forms.BooleanField(label=_("«Вирішено» лише з фото зробленого"), required=False)
    is_active = forms.BooleanField(label=_("Можна обрати в новому повідомленні"), required=False, initial=True)

    def typed(self) -> CategoryTyped:
        return CategoryTyped(**self.cleaned_data)


class QuestionForm(Form):
    label = forms.CharField(label=_("Запитання"), max_length=LABEL_MAX)
    kind = forms.ChoiceField(label=_("Що відповідають"))
    options = forms.CharField(
        label=_("Варіанти"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Кожен з нового рядка; лише для вибору з варіантів."),
    )
    required = forms.BooleanField(label=_("Без відповіді не надіслати"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind, _(label)) for kind, label in QUESTION_KINDS.items()])

    def typed(self) -> QuestionTyped:
        given = self.cleaned_data
        options = tuple(given["options"].splitlines())
        return QuestionTyped(label=given["label"], kind=given["kind"], required=given["required"], options=options)


@open_to(ADMINISTRATORS)
@require_safe
def tree(request: PersonalRequest) -> HttpResponse:
    rows = [(each, each.code.count(".") + 1 < LEVELS) for each in categories_of(request.community)]
    return render(request, "reports/categories.html", {"rows": rows})


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def add(request: PersonalRequest, parent_id: int | None = None) -> HttpResponse:
    parent = category_in(request.community, parent_id) if parent_id is not None else None
    form = CategoryForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            made = add_category(
                request.community.pk, form.typed(), parent_id=parent_id, by=request.person, now=request.now
            )
            return redirect("reports:category", made.pk)
    return render(
        request, "reports/category.html", {"form": form, "parent": parent, "category": None}, status=form.status
    )


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def category(request: PersonalRequest, category_id: int) -> HttpResponse:
    found = category_in(request.community, category_id)
    form = CategoryForm(request.POST or None, initial={name: getattr(found, name) for name in CategoryForm.base_fields})
    if form.is_valid():
        with refusals_shown_on(form):
            edit_category(found.pk, form.typed(), community_id=request.community.pk, by=request.person, now=request.now)
            return redirect("reports:categories")
    return render(
        request, "reports/category.html", {"form": form, "category": found, "parent": None}, status=form.status
    )


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def ask(request: PersonalRequest, category_id: int) -> HttpResponse:
    found = category_in(request.community, category_id)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            add_question(found.pk, form.typed(), community_id=request.community.pk, by=request.person, now=request.now)
            return redirect("reports:category", found.pk)
    return render(request, "reports/category_question.html", {"form": form, "category": found}, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def stop_asking(request: PersonalRequest, category_id: int, code: str) -> HttpResponse:
    remove_question(category_id, code, community_id=request.community.pk, by=request.person, now=request.now)
    return redirect("reports:category", category_id)
