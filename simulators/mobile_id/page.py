"""The phones as their owners see them, and the buttons that stand for fingers. Works without JavaScript."""

from html import escape
from pathlib import Path
from string import Template

from simulators.mobile_id.mischief import DEEDS, MISCHIEFS
from simulators.mobile_id.phones import Operator, Ringing

SHOWN = 30


def phones_page(service: Operator) -> str:
    template = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
    some = list(service.subscribers.values())[:SHOWN]
    return template.substitute(
        ringing="".join(map(_phone, service.waiting())) or "<p>Жоден телефон не дзвонить.</p>",
        subscribers="".join(f"<li>+{escape(one.msisdn)} — {escape(one.full_name)}</li>" for one in some),
        mischiefs="".join(
            f'<option value="{each}"{" selected" if each is service.next_mischief else ""}>{escape(words)}</option>'
            for each, words in MISCHIEFS.items()
        ),
    )


def _phone(one: Ringing) -> str:
    buttons = "".join(f'<button name="deed" value="{deed}">{escape(words)}</button>' for deed, words in DEEDS.items())
    return (
        f"<article><h2>+{escape(one.subscriber.msisdn)} — {escape(one.subscriber.full_name)}</h2>"
        f"<p><strong>{escape(one.asked.to_show)}</strong></p>"
        f"<details><summary>Що буде підписано</summary><pre>{escape(one.asked.to_sign)}</pre></details>"
        f'<form method="post" action="/phones/{escape(one.transaction)}">{buttons}</form></article>'
    )
