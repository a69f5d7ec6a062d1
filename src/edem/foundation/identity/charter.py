"""By which methods residents sign in: each may be switched off, for a provider may withdraw one. Pure."""

from pydantic import Field

from edem.foundation.communities.charter import Charter
from edem.foundation.identity.claims import Method
from edem.kernel.ukrainian import N_

SERVICE = "sign_in"

METHOD_WORDS = {
    Method.DIIA_ID: (N_("Дія.Підпис"), N_("у застосунку Дія, з телефона")),
    Method.BANK_ID: (N_("BankID"), N_("через застосунок або сайт вашого банку")),
    Method.DIG_SIGN: (N_("Електронний підпис (КЕП)"), N_("файл ключа або токен")),
    Method.MOBILE_ID: (N_("MobileID"), N_("через сім-карту з підписом")),
}


class SignInCharter(Charter):
    methods: tuple[Method, ...] = Field(
        default=tuple(METHOD_WORDS),
        min_length=1,
        title=N_("Способи входу"),
        description=N_("Якими способами мешканці підтверджують особу."),
        json_schema_extra={"group": N_("Вхід")},
    )
