"""What the stand can do wrong with its next answers, so that every refusal of the platform can be seen."""

from enum import StrEnum


class Mischief(StrEnum):
    NONE = "none"
    NOBODY = "nobody"
    SEVERAL = "several"
    ANOTHER = "another"
    SLOW = "slow"
    FAULT = "fault"
    FAILURE = "failure"
    BROKEN_XML = "broken_xml"
    HTML = "html"
    OTHER_MESSAGE = "other_message"
    ENTITY_BOMB = "entity_bomb"
    OUTSIDE_ENTITY = "outside_entity"
    HUGE = "huge"
    DEEP = "deep"


LABELS = {
    Mischief.NONE: "Як слід",
    Mischief.NOBODY: "Такої людини в реєстрі немає",
    Mischief.SEVERAL: "Дві людини з різними адресами",
    Mischief.ANOTHER: "Відповідь про іншу людину",
    Mischief.SLOW: "Дуже повільно",
    Mischief.FAULT: "SOAP Fault: доступу немає",
    Mischief.FAILURE: "Помилка 503 без пояснень",
    Mischief.BROKEN_XML: "Зіпсований XML",
    Mischief.HTML: "Сторінка замість відповіді",
    Mischief.OTHER_MESSAGE: "Відповідь на інше запитання",
    Mischief.ENTITY_BOMB: "XML, що розростається (entity bomb)",
    Mischief.OUTSIDE_ENTITY: "XML, що читає чужий файл",
    Mischief.HUGE: "Відповідь на десять мегабайтів",
    Mischief.DEEP: "XML із тисячами вкладень",
}
