"""A dozen fictional people, each for one thing that may happen when a real one signs in."""

from datetime import date

from simulators.id_gov_ua.residents import Resident
from simulators.id_gov_ua.tax_number import tax_number

HOME = {"locality": "м. Вишневогірськ", "state": "Вишневогірська область"}


def _person(key: str, name: str, *, note: str = "", **fields: str) -> Resident:
    lastname, givenname, *rest = name.split()
    names = {"lastname": lastname, "givenname": givenname, "middlename": " ".join(rest)}
    return Resident(id=key, note=note, fields={**HOME, **names, **fields})


def _number_of_a_child(today: date) -> str:
    """Always fifteen, whenever the stand runs."""
    return tax_number(date(today.year - 15, 1, 1), 4410)


def fictional_residents(today: date) -> list[Resident]:
    return [
        _person("1001", "Коваленко Олена Петрівна", drfocode=tax_number(date(1984, 3, 12), 2248),
                address="вул. Садова, буд. 12, кв. 7", phone="380501110001", email="olena.kovalenko@example.com"),
        _person("1002", "Шевчук Андрій Миколайович", drfocode=tax_number(date(1957, 11, 2), 1135),
                address="просп. Незалежності, буд. 41, кв. 118", phone="380671110002", email=""),
        _person("1003", "Бондаренко Ірина Василівна", edrpoucode=tax_number(date(1991, 7, 29), 3366), drfocode="",
                address="вул. Лесі Українки, буд. 3", note="Податковий номер прийде в полі edrpoucode"),
        _person("1004", "Гнатюк Марко Іванович", drfocode="СН482915", address="вул. Польова, буд. 8",
                note="Без податкового номера, паспорт-книжечка"),
        _person("1005", "Савчук Дарина Олегівна", drfocode="", serial="004918273", unzr="19950618-04821",
                address="вул. Зоряна, буд. 5, кв. 33", note="Без податкового номера, лише УНЗР"),
        _person("1006", "Ґжицька Софія", middlename="n/a", drfocode=tax_number(date(1999, 1, 15), 5528),
                address="вул. Вишнева, буд. 20", phone="n/a", email="n/a", note="Без по батькові: приходить «n/a»"),
        _person("1007", "Мельник Тарас Юрійович", drfocode=tax_number(date(1978, 9, 5), 7719), locality="n/a",
                state="n/a", address="n/a", note="Без адреси: приходить «n/a»"),
        _person("1008", "Кравець Юлія Богданівна", drfocode=_number_of_a_child(today),
                address="вул. Шкільна, буд. 2, кв. 14", note="П'ятнадцять років"),
        _person("1009", "Поліщук Роман Степанович", drfocode=tax_number(date(1988, 5, 23), 6613),
                locality="м. Житомир", state="Житомирська область", address="вул. Київська, буд. 77",
                note="Живе в іншій громаді"),
        _person("1010", "Лисенко В'ячеслав Андрійович", drfocode=tax_number(date(1969, 12, 31), 8811),
                locality="М.ВИШНЕВОГІРСЬК", address="ВУЛ.НАБЕРЕЖНА 1/2", note="Апостроф в імені, адреса великими"),
        _person("1011", "Марченко Ганна Федорівна", drfocode=_spoilt(tax_number(date(1973, 4, 4), 9926)),
                address="вул. Миру, буд. 60", note="Податковий номер з помилкою"),
        _person("1012", "Ткаченко Дмитро Ілліч", drfocode=tax_number(date(1993, 8, 17), 1517), edrpoucode="37485912",
                o="ТОВ «Приклад»", title="директор", address="вул. Заводська, буд. 15",
                note="Входить підписом підприємства: у edrpoucode код ЄДРПОУ"),
    ]  # fmt: skip


def _spoilt(number: str) -> str:
    return f"{number[:9]}{(int(number[9]) + 1) % 10}"
