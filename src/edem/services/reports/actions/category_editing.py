"""The community's administrator keeps its tree of categories and what is asked in each."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.live.kept import drop_pages
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing
from edem.services.reports.models import Category
from edem.services.reports.rules.draft import tidy_line
from edem.services.reports.rules.tree_editing import (
    CategoryTyped,
    QuestionTyped,
    check_category,
    next_code,
    question_of,
)

CHANGING = ("title", "words", "scale_m", "window_hours", "photo_required_on_closing", "is_active")


@transaction.atomic(durable=True)
def add_category(
    community_id: int, typed: CategoryTyped, *, parent_id: int | None, by: Person, now: datetime
) -> Category:
    tree = list(Category.objects.select_for_update(of=("self",)).filter(community_id=community_id).order_by("pk"))
    parent = next((each for each in tree if each.pk == parent_id), None)

    if parent_id is not None and parent is None:
        raise Missing("report.no_such_category")
    typed = tidied(typed)
    check_category(typed)
    siblings = [each.code for each in tree if each.parent_id == parent_id]
    code = next_code(parent.code if parent else "", siblings)

    category = Category(community_id=community_id, code=code, parent=parent, position=place_after(tree, parent))
    write(category, typed)
    make_room(tree, category.position)
    category.save()
    after(category, "report.category_added", by=by, now=now)
    return category


@transaction.atomic(durable=True)
def edit_category(category_id: int, typed: CategoryTyped, *, community_id: int, by: Person, now: datetime) -> None:
    """Its number stays, and with it the reports that carry it; switched off, it takes no new ones."""
    category = locked(category_id, community_id)

    typed = tidied(typed)
    check_category(typed)

    write(category, typed)
    category.save()
    if not typed.is_active:
        Category.objects.filter(community_id=community_id, code__startswith=f"{category.code}.").update(is_active=False)
    after(category, "report.category_changed", by=by, now=now)


@transaction.atomic(durable=True)
def add_question(category_id: int, typed: QuestionTyped, *, community_id: int, by: Person, now: datetime) -> None:
    category = locked(category_id, community_id)

    options = tuple(filter(None, (tidy_line(each) for each in typed.options)))
    question = question_of(replace(typed, label=tidy_line(typed.label), options=options), category.questions)

    category.questions = [*category.questions, question]
    category.save(update_fields=["questions"])
    after(category, "report.question_added", by=by, now=now)


@transaction.atomic(durable=True)
def remove_question(category_id: int, code: str, *, community_id: int, by: Person, now: datetime) -> None:
    """Asked no more; what was answered stays with its reports."""
    category = locked(category_id, community_id)

    left = [each for each in category.questions if each["code"] != code]
    if len(left) == len(category.questions):
        raise Conflict("report.no_such_question")

    category.questions = left
    category.save(update_fields=["questions"])
    after(category, "report.question_removed", by=by, now=now)


def locked(category_id: int, community_id: int) -> Category:
    rows = Category.objects.select_for_update(of=("self",)).filter(pk=category_id, community_id=community_id)
    category = rows.order_by("pk").first()
    if category is None:
        raise Missing("report.no_such_category")
    return category


def tidied(typed: CategoryTyped) -> CategoryTyped:
    return replace(typed, title=tidy_line(typed.title), words=tidy_line(typed.words))


def write(category: Category, typed: CategoryTyped) -> None:
    for name in CHANGING:
        setattr(category, name, getattr(typed, name))


def place_after(tree: list[Category], parent: Category | None) -> int:
    """Behind everything under its parent; a new direction behind everything."""
    branch = [each for each in tree if parent is None or each.code == parent.code or under(each, parent)]
    return max((each.position for each in branch), default=-1) + 1


def under(category: Category, parent: Category) -> bool:
    return category.code.startswith(f"{parent.code}.")


def make_room(tree: list[Category], position: int) -> None:
    moved = [each for each in tree if each.position >= position]
    for each in moved:
        each.position += 1
    Category.objects.bulk_update(moved, ["position"])


def after(category: Category, act: str, *, by: Person, now: datetime) -> None:
    """Lists and cards name categories; everybody sees the new words at once."""
    drop_pages(f"reports:{category.community_id}")
    record_staff_act(by, act, community_id=category.community_id, subject=category, now=now, code=category.code)
