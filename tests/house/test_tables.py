"""Tables that outgrow one machine keep the shape that can be distributed (design §5); migrations form one line."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.house.source import PACKAGE, nothing


def mass_tables():
    return [model for model in apps.get_models() if isinstance(model._meta.pk, models.CompositePrimaryKey)]


@pytest.mark.parametrize("model", mass_tables(), ids=lambda model: model._meta.label)
def test_a_mass_table_can_be_distributed(model):
    incoming = [relation.field.model._meta.label for relation in model._meta.related_objects]
    constrained = [
        field.name
        for field in model._meta.fields
        if field.is_relation and field.db_constraint and field.related_model._meta.label != "communities.Community"
    ]
    assert model._meta.pk.field_names[0] in {"community", "community_id"}
    assert (incoming, constrained) == ([], [])


def test_every_app_has_one_last_migration():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


def test_every_folder_of_migrations_belongs_to_an_installed_app():
    installed = {config.path for config in apps.get_app_configs()}
    nothing([str(path) for path in PACKAGE.rglob("migrations") if str(path.parent) not in installed])


def test_every_app_with_tables_has_migrations():
    loader = MigrationLoader(None)
    own = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("edem.") and any(config.get_models())
    }
    nothing(sorted(own - loader.migrated_apps))


def test_every_list_has_an_order_or_says_each_time():
    """Unordered reads are caught while tests run; here only that a default order is total enough to be stable."""
    vague = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("edem.") and model._meta.ordering and not ends_uniquely(model)
    ]
    nothing(vague)


def ends_uniquely(model) -> bool:
    names = [str(name).lstrip("-") for name in model._meta.ordering if isinstance(name, str)]
    unique_together = {
        frozenset(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    }
    single = any(name == "pk" or model._meta.get_field(name).unique for name in names if "__" not in name)
    return single or names[-1] in pk_fields(model) or any(fields <= set(names) for fields in unique_together)


def pk_fields(model):
    """The last part of a composite key tells rows of one subject apart."""
    pk = model._meta.pk
    return pk.field_names[-1:] if isinstance(pk, models.CompositePrimaryKey) else (pk.name,)
