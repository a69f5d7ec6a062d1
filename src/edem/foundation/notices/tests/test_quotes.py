"""What mail programs put under an answer is cut; what a person wrote stays, to the word."""

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.replies.quotes import LONGEST, without_quotes

OWN = "Доброго дня!\n\nЯму засипали сьогодні, фото додаю.\nЗ повагою, Іван Кущик"

QUOTED = {
    "gmail in Ukrainian": "пн, 23 лист. 2026 р. о 10:15 Відкрите місто <no-reply@edem.ua> пише:\n\n> Яма на вул. Садовій\n> № 12",
    "gmail in English": "On Mon, Nov 23, 2026 at 10:15 AM Відкрите місто <no-reply@edem.ua> wrote:\n\n> Яма",
    "gmail, wrapped": "On Mon, Nov 23, 2026 at 10:15 AM Вишневогірська громада, Відкрите місто\n<bounces+abcdefghijklmnop@edem.example>\nwrote:\n> Яма",
    "outlook in Ukrainian": "Від: Відкрите місто <no-reply@edem.ua>\nНадіслано: понеділок, 23 листопада 2026 р. 10:15\nКому: zhek@rada.gov.ua\nТема: № 12 Яма\n\nЯма на вулиці",
    "outlook in English": "From: e-DEM\nSent: Monday, November 23, 2026 10:15 AM\nTo: zhek@rada.gov.ua\nSubject: № 12\n\nHole",
    "outlook in bold": "*Від:* Відкрите місто\n*Надіслано:* 23 листопада\n*Кому:* zhek\n*Тема:* № 12\n\nЯма",
    "outlook of the phone": "Отримати Outlook для Android\n________________________________\nВід: e-DEM\nНадіслано: 23\nКому: zhek\nТема: № 12",
    "an old outlook": "-----Original Message-----\nFrom: e-DEM\nHole",
    "an old outlook in Ukrainian": "-----Вихідне повідомлення-----\nВід: e-DEM\nЯма",
    "ukr.net": '--- Оригінальне повідомлення ---\nВід кого: "Відкрите місто" <no-reply@edem.ua>\nДата: 23 листопада\n\nЯма',
    "thunderbird": "23.11.2026 10:15, Відкрите місто пише:\n> Яма",
    "apple mail": "23 лист. 2026 р. о 10:15 Відкрите місто <no-reply@edem.ua> написав(-ла):\n\n> Яма",
    "an iphone": "Надіслано з iPhone\n\n> 23 лист. 2026 р. о 10:15 пп Відкрите місто <no-reply@edem.ua> пише:\n> Яма",
    "our mark alone": "## Відповідь пишіть над цим рядком ##\n\n№ 12: яма",
    "our mark quoted": "> ## Відповідь пишіть над цим рядком ##\n> № 12",
    "our mark in English, after its attribution": "On 23 November 2026 e-DEM wrote:\n\n## Please write your reply above this line ##\n\nHole",
    "a signature": "-- \nКП «Добробут»\nтел. 2-12-12",
    "forwarded": "Begin forwarded message:\nFrom: x",
}  # fmt: skip


@pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_the_program_added_is_cut(quoted, ends):
    whole = f"{OWN}\n\n{quoted}\n".replace("\n", ends)
    assert without_quotes(whole) == OWN


PROSE = [
    "Тема: дорога. Зробимо у вівторок.",
    "Надіслано з бригадою новий ліхтар, поставимо завтра.",
    "Від: школи до ринку дорогу вже зроблено.\nКому: усім, хто питав.",
    "12.03 комісія написала: яму треба закрити.",
    "Пишіть нам на zhek@rada.gov.ua, як щось ще.",
    "- перше\n- друге\n\n* третє",
    "На схемі він пише: «обережно».",
    "# 5\n## Підрядник",
]


@pytest.mark.parametrize("prose", PROSE)
def test_what_only_looks_like_a_quotation_stays(prose):
    assert without_quotes(f"{OWN}\n{prose}") == f"{OWN}\n{prose}"


def test_answers_between_quoted_lines_stay_without_the_quotation():
    assert without_quotes("> Коли?\nУ вівторок.\n> Хто?\nБригада № 2.") == "У вівторок.\nБригада № 2."


@pytest.mark.parametrize("nothing", ["", "> лише\n> цитата", "\n\n", QUOTED["gmail in Ukrainian"], "-- \nПідпис"])
def test_a_quotation_alone_is_no_answer(nothing):
    assert without_quotes(nothing) == ""


@given(st.text(alphabet="абв .,!?\n", max_size=300))
def test_plain_words_are_never_lost(text):
    assert (
        without_quotes(text) == re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
    )


@given(st.text(max_size=500))
def test_whatever_comes_is_cut_without_harm_and_cutting_again_changes_nothing_longer(text):
    once = without_quotes(text)
    assert len(once) <= LONGEST
    assert len(without_quotes(once)) <= len(once)


@pytest.mark.parametrize("sign", ["@", ">", "<@", "Від:", "1 ", "On 1 ", "_", "\n", "wrote:", "##"])
def test_a_hostile_length_costs_no_time(sign):
    started = perf_counter()
    without_quotes(sign * 3_000_000)
    assert perf_counter() - started < 5, "seconds, on a busy machine"
