"""Every act that staff are recorded with has words for the log, and every word is used."""

import ast

from django.apps import apps

from edem.foundation.audit.words import act_words, subject_words
from tests.house.source import nothing, own_modules

RECORDERS = {"record_staff_act", "record", "log"}


def acts_recorded():
    for module in own_modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RECORDERS:
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value:
                        yield argument.value


def test_every_recorded_act_has_words():
    nothing(sorted(set(acts_recorded()) - set(act_words())))


def test_every_word_for_an_act_is_used():
    text = "\n".join(module.text for module in own_modules() if not module.name.endswith("messages.py"))
    nothing(sorted(code for code in act_words() if f'"{code}"' not in text))


def test_what_an_act_was_done_to_is_a_table_with_words():
    known = {model._meta.label_lower for model in apps.get_models()}
    nothing(sorted(set(subject_words()) - known))


def test_every_app_that_records_acts_names_what_they_are_done_to():
    recording = {act.partition(".")[0].rstrip("s") for act in acts_recorded()}
    named = {subject.partition(".")[0].rstrip("s") for subject in subject_words()}
    nothing(sorted(recording - named - {"api_key"}))
