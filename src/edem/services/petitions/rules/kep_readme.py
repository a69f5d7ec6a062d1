"""The page that goes with a bundle of signatures by КЕП: how to check it without the platform. Pure."""

from typing import Final

_README: Final = """\
Підписи КЕП під петицією № {number} «{title}»

Тут усе, щоб перевірити підписи без сайту й без мережі.

  text-N.txt        текст, який підписували (N — редакція тексту петиції)
  signatures/       файли підписів, як їх надіслали підписанти (CAdES, .p7s)
  signatures.csv    хто, коли й який текст підписав
  trust/            кореневі сертифікати, яким довіряла платформа
  SHA256SUMS        контрольні суми всіх файлів: sha256sum --check SHA256SUMS

Усередині кожного .p7s є сертифікат підписанта, а якщо програма підписанта їх додала — позначка часу
й відповідь надавача про чинність сертифіката.

Перевірити файл нашою програмою:

  ./edem verify-signature {file} --content {text} --trust trust

Так само файли перевіряє сайт Центрального засвідчувального органу, https://czo.gov.ua/verify,
та будь-яка інша програма, що читає КЕП.

У сертифікатах є податкові номери підписантів. Зберігайте цей пакет як персональні дані
(Закон України «Про захист персональних даних») і передавайте лише тим, хто має на це право.
"""
"""For people of other places: it goes with Ukrainian papers, so it is never translated."""


def readme_of(number: int, title: str, *, file: str, text: str) -> str:
    return _README.format(number=number, title=title, file=file, text=text)
