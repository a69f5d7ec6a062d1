"""The letterhead's own words. Official papers are in Ukrainian, whatever language their reader has chosen."""

WORDS = {
    "page": "стор.",
    "of": "з",
    "ornament": "Орнамент громади",
    "code": "QR-код зі сторінкою документа",
    "link": "Сторінка на платформі:",
    "edrpou": "код ЄДРПОУ",
}
