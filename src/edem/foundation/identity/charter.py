"""By which methods residents sign in: each may be switched off, for a provider may withdraw one. Pure."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from edem.foundation.communities.charter import Charter
from edem.foundation.identity.claims import THROUGH_ID_GOV_UA, Method
from edem.kernel.ukrainian import N_

SERVICE = "sign_in"

METHOD_WORDS = {
    Method.DIIA_ID: (N_("Дія.Підпис"), N_("у застосунку Дія, з телефона")),
    Method.BANK_ID_NBU: (N_("BankID НБУ"), N_("через застосунок або сайт вашого банку")),
    Method.BANK_ID: (N_("BankID"), N_("через id.gov.ua і ваш банк")),
    Method.DIG_SIGN: (N_("Електронний підпис (КЕП)"), N_("через id.gov.ua: файл ключа або токен")),
    Method.KEP_FILE: (N_("Файл із підписом (КЕП)"), N_("підпишіть у своїй програмі й завантажте")),
    Method.KEP_WIDGET: (N_("Підпис у браузері (КЕП)"), N_("файл ключа або токен, не виходячи із сайту")),
    Method.MOBILE_ID: (N_("MobileID"), N_("через сім-карту з підписом")),
    Method.MOBILE_ID_DIRECT: (N_("MobileID напряму"), N_("за номером телефону, без id.gov.ua")),
    Method.CNAP_SLIP: (N_("Талон із ЦНАП"), N_("надрукований код і дата народження, без смартфона")),
}

METHOD_GROUPS = (
    (N_("З телефона"), (Method.DIIA_ID, Method.MOBILE_ID, Method.MOBILE_ID_DIRECT)),
    (N_("Через банк"), (Method.BANK_ID_NBU, Method.BANK_ID)),
    (N_("Електронним підписом (КЕП)"), (Method.DIG_SIGN, Method.KEP_FILE, Method.KEP_WIDGET)),
    (N_("Без смартфона й банку"), (Method.CNAP_SLIP,)),
)
"""How a long list of ways is told apart by what a person has at hand."""
MOST_IN_ONE_LIST = 5


class SignInCharter(Charter):
    """What a community offers; a way that the installation is not connected to is left out of the page by itself."""

    words: ClassVar[Mapping[str, str]] = {method.value: words for method, (words, _hint) in METHOD_WORDS.items()}

    methods: tuple[Method, ...] = Field(
        default=THROUGH_ID_GOV_UA,
        min_length=1,
        title=N_("Способи входу"),
        description=N_("Якими способами мешканці підтверджують особу."),
        json_schema_extra={"group": N_("Вхід")},
    )
