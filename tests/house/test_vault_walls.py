"""The vault has one door: nobody else knows its tables, no column of bytes is unsealed, no page has its fields."""

import ast
import re

from django.apps import apps
from django.db import models

from edem.foundation.identity.models import SealedFacts, SignInMark, VaultReading, VaultRecord
from edem.foundation.identity.purposes import FIELDS
from edem.foundation.identity.sealed_field import SealedField
from tests.house.source import PACKAGE, called, nothing, own_modules, read, templates

VAULT = {model.__name__ for model in (VaultRecord, SealedFacts, SignInMark, VaultReading)}
IDENTITY = "src/edem/foundation/identity/"
ONLY_FOR_HASHES = {
    "identity.SignInMark.value": "keyed hash",
    "identity.Contact.mark": "keyed hash of an address",
    "identity.Device.mark": "keyed hash of a browser's address",
    "identity.HandOver.code_hash": "hash of a one-time random code",
    "identity.SignInSlip.code_hash": "keyed hash of a one-time code",
    "identity.SignInSlip.answers": "keyed hashes of what the person knows",
    "notices.Notice.address_mark": "keyed hash of an address",
    "notices.Bounce.address_mark": "keyed hash of an address",
    "notices.ReceivedAnswer.sender_mark": "keyed hash of an address",
    "petitions.Signature.mark": "keyed hash",
    "petitions.SignatureRemoval.mark": "keyed hash",
    "petitions.PaperRow.mark": "keyed hash",
    "people.OutsideInvitation.code_hash": "hash of a one-time random code",
    "identity.IssuerAnswer.question": "hash of a question to an authority",
    "identity.IssuerAnswer.answer": "an authority's public answer: numbers of certificates, nobody's name",
    "petitions.KepEvidence.mark": "keyed hash",
    "petitions.KepProof.content": "authorities' public words and certificates: numbers of certificates, nobody's name",
    "public_api.ApiKey.digest": "hash of a random key",
}
"""Columns of bytes that are not sealed, and why that names nobody."""
MAY_NAME_FIELDS = (
    "src/edem/foundation/identity/templates/",
    "src/edem/portals/cabinet/templates/",
    "src/edem/portals/desk/templates/desk/correction.html",
)
TELLING = re.compile(r"\b(?:tax_number|born_on|unzr|vault)\b")


def names_imported(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("edem.foundation.identity.models"):
            yield from ((node.lineno, alias.name) for alias in node.names)


def test_nobody_but_identity_imports_the_tables_of_the_vault():
    nothing(
        f"{module.name}:{line} {name}"
        for module in own_modules()
        if not module.name.startswith(IDENTITY)
        for line, name in names_imported(module.tree)
        if name in VAULT or name == "vault"
    )


def test_nobody_points_at_the_tables_of_the_vault_by_name():
    tables = {f"identity.{name}" for name in VAULT} | {f"identity_{name.lower()}" for name in VAULT}
    nothing(
        f"{module.name}:{node.lineno} {node.value}"
        for module in own_modules()
        if not module.name.startswith(IDENTITY)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if any(table in node.value for table in tables)
    )


def test_no_foreign_key_leads_into_the_vault():
    nothing(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model.__name__ in VAULT and field.related_model._meta.app_label == "identity"
    )


def test_every_column_of_bytes_is_sealed_or_a_hash_that_names_nobody():
    nothing(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("edem.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, SealedField)
        if f"{model._meta.label}.{field.name}" not in ONLY_FOR_HASHES
    )


def test_the_list_of_hashes_names_columns_that_exist():
    known = {
        f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.concrete_fields
    }
    nothing(sorted(set(ONLY_FOR_HASHES) - known))


def test_everything_the_vault_keeps_of_a_person_is_sealed():
    sealed = {field.name for field in VaultRecord._meta.concrete_fields if isinstance(field, SealedField)}
    assert sealed == set(FIELDS)
    others = {field.name for field in VaultRecord._meta.concrete_fields} - sealed
    assert others == {"id", "person", "key_version", "source", "updated_at"}


def test_no_page_of_another_part_has_a_field_of_the_vault():
    nothing(
        f"{called(path)}: {found}"
        for path in templates()
        if not called(path).startswith(MAY_NAME_FIELDS)
        for found in set(TELLING.findall(read(path)))
    )


def test_no_address_has_a_place_for_what_identifies():
    """A number of a person never travels in a path: routes name things by their keys."""
    nothing(
        f"{module.name}:{node.lineno} {node.value}"
        for module in own_modules()
        if module.path.name.endswith("urls.py") or "urls" in module.path.parts
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if any(f":{field}>" in node.value for field in FIELDS)
    )


def test_only_the_vault_unseals():
    """Elsewhere sealed values are opened through identity: its modules hold the keys."""
    nothing(
        f"{module.name}:{node.lineno}"
        for module in own_modules()
        if not module.name.startswith(IDENTITY)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        if node.module == "edem.foundation.identity.sealing"
        for alias in node.names
        if alias.name in {"seal", "unseal"}
    )


def test_the_walls_are_looked_at_from_the_right_place():
    assert (PACKAGE / "foundation/identity/vault.py").is_file()
    assert {"VaultRecord", "SealedFacts", "SignInMark", "VaultReading"} == VAULT
