"""The guide that distributes the great tables names each of them, by the community, and nothing that is not there."""

import re

from django.apps import apps
from django.db import models

from tests.house.source import ROOT, nothing
from tests.house.test_tables import mass_tables

GUIDE = ROOT / "docs/guides/scale-out.md"
DISTRIBUTE = re.compile(r"create_distributed_table\('(\w+)', '(\w+)'")
REFERENCE = re.compile(r"create_reference_table\('(\w+)'")


def guide():
    return GUIDE.read_text(encoding="utf-8")


def test_the_guide_distributes_every_great_table_by_its_community():
    told = dict(DISTRIBUTE.findall(guide()))
    assert told == {model._meta.db_table: "community_id" for model in mass_tables()}


def test_the_guide_knows_the_way_back():
    way = guide().split("## Назад до однієї бази")[1].split("\n## ")[0]
    assert way.index("./edem backup") < way.index("./edem restore")
    assert "EDEM_DISTRIBUTED" in way


def test_what_great_tables_refer_to_stands_on_every_server_before_them():
    referred = {
        field.related_model._meta.db_table
        for model in mass_tables()
        for field in model._meta.fields
        if field.is_relation and field.db_constraint
    }
    text = guide()
    assert set(REFERENCE.findall(text)) == referred
    assert text.index("create_reference_table('") < text.index("create_distributed_table('")


def test_each_great_table_is_described():
    nothing(model._meta.db_table for model in mass_tables() if f"| `{model._meta.db_table}` |" not in guide())


def test_whatever_is_unique_in_a_great_table_is_so_within_a_community():
    """A unique index that leaves the community out could not be kept by servers that do not see each other."""
    nothing(
        f"{model._meta.label}: {constraint.name}"
        for model in mass_tables()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and "community" not in constraint.fields
    )


def test_nothing_else_grows_with_every_resident_s_act():
    """What a person does in a mass is kept in great tables: the others that name a community are its own papers."""
    mass_acts = {"petitions.signature": "petitions_signature", "reports.voice": "reports_voice"}
    passing = {"reports.parcel"}  # gone once a job has written it down as a report
    tables = {model._meta.db_table for model in mass_tables()}
    declared = {act.name for app in apps.get_app_configs() for act in acts_of(app)}
    assert declared == set(mass_acts) | passing
    assert set(mass_acts.values()) <= tables


def acts_of(app):
    from edem.foundation.catalog.registry import manifests

    return [act for manifest in manifests() for act in manifest.mass_acts if app.name.endswith(f".{manifest.code}")]
