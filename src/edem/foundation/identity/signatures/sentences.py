"""What a verdict says to people. Pure: the page translates the words, the command prints them as they are."""

from collections.abc import Mapping
from typing import Final

from edem.kernel.kep.verdict import Check, CheckName, Outcome, Result, TimeEvidence
from edem.kernel.ukrainian import N_

HEADLINES: Final[Mapping[Outcome, str]] = {
    Outcome.VALID: N_("Підпис правильний"),
    Outcome.UNDECIDED: N_("Підпис справжній, але перевірено не все"),
    Outcome.VALID_UNTRUSTED_ROOT: N_("Підпис цілий, але невідомо, хто поручився за підписувача"),
    Outcome.NOT_VALID: N_("Підпис неправильний"),
}
LEADS: Final[Mapping[Outcome, str]] = {
    Outcome.VALID: N_("Файл не змінювали після підписання, а сертифікат був чинний."),
    Outcome.UNDECIDED: N_("Файл не змінювали після підписання. Чого не вдалося перевірити, сказано нижче."),
    Outcome.VALID_UNTRUSTED_ROOT: N_(
        "Файл не змінювали після підписання. Але сертифікат видав той, кого немає серед довірених, тож імені не вірте."
    ),
    Outcome.NOT_VALID: N_("Не покладайтеся на цей підпис. Що саме не так, сказано нижче."),
}
CHECK_NAMES: Final[Mapping[CheckName, str]] = {
    CheckName.CONTENT: N_("Файл той самий"),
    CheckName.ATTRIBUTES: N_("Що саме підписано"),
    CheckName.SIGNATURE: N_("Підпис зроблено цим ключем"),
    CheckName.SIGNING_CERTIFICATE: N_("Сертифікат той самий"),
    CheckName.TIMESTAMP: N_("Позначка часу на підписі"),
    CheckName.CONTENT_TIMESTAMP: N_("Позначка часу на файлі"),
    CheckName.PATH: N_("Ланцюжок сертифікатів"),
    CheckName.ROOT: N_("Кореневий сертифікат"),
    CheckName.VALIDITY: N_("Строк дії сертифіката"),
    CheckName.KEY_USAGE: N_("Призначення ключа"),
    CheckName.REVOCATION: N_("Сертифікат не відкликано"),
    CheckName.TIMESTAMP_REVOCATION: N_("Сертифікат позначки часу не відкликано"),
}
RESULTS: Final[Mapping[Result, str]] = {
    Result.PASSED: N_("гаразд"),
    Result.FAILED: N_("не гаразд"),
    Result.NOT_MADE: N_("не перевірено"),
}
TIMES: Final[Mapping[TimeEvidence, str]] = {
    TimeEvidence.TIMESTAMP: N_("за позначкою часу"),
    TimeEvidence.CLAIMED: N_("зі слів підписувача"),
    TimeEvidence.NONE: N_("час не вказано"),
}

_WHY: Final[Mapping[str, str]] = {
    "content.other_content": N_("Підписано інший файл, або цей змінили після підписання."),
    "content.file_changed": N_("Файл «{file}» змінили після підписання."),
    "content.file_missing": N_("Файлу «{file}» у контейнері немає, а підпис про нього каже."),
    "content.differs_from_given": N_("У підписі лежить інший файл, ніж той, що ви додали."),
    "content.unknown_digest": N_("Алгоритм, яким пораховано відбиток файлу, ненадійний або невідомий."),
    "attributes.no_signed_attributes": N_("Підпис старого зразка: не сказано, що саме підписано."),
    "signature.other_value": N_("Підпис не сходиться з ключем підписувача. Його зіпсовано або підроблено."),
    "signature.no_certificate": N_("У файлі немає сертифіката підписувача."),
    "signing_certificate.other_certificate": N_("Підписано з іншим сертифікатом, ніж той, що у файлі."),
    "signing_certificate.no_reference": N_("Підпис не називає свого сертифіката."),
    "timestamp.other_imprint": N_("Позначка часу стосується іншого підпису."),
    "timestamp.no_certificate": N_("Невідомо, хто поставив позначку часу. Час підписання не доведено."),
    "timestamp.untrusted": N_("Позначку часу поставив той, кого немає серед довірених. Час підписання не доведено."),
    "timestamp.not_for_stamps": N_("Позначку часу поставлено сертифікатом, який для цього не призначено."),
    "timestamp.from_the_future": N_("У позначці стоїть час, який ще не настав."),
    "timestamp.bad_path": N_("Ланцюжок сертифікатів позначки часу порушено."),
    "timestamp_revocation.revoked": N_("Сертифікат позначки часу на той час уже відкликали."),
    "timestamp.certificate_not_in_force": N_("Сертифікат позначки часу на той час не діяв."),
    "content_timestamp.other_imprint": N_("Позначка часу стосується іншого файлу."),
    "content_timestamp.later_than_signature": N_("Позначку часу на файлі зроблено пізніше, ніж підпис."),
    "content_timestamp.no_certificate": N_("Невідомо, хто поставив позначку часу."),
    "content_timestamp.untrusted": N_("Позначку часу поставив той, кого немає серед довірених."),
    "path.bad_signature": N_("Сертифікат підроблено: той, кого названо видавцем, його не підписував."),
    "path.issuer_not_found": N_("Невідомо, хто видав сертифікат: ланцюжок обривається."),
    "root.not_trusted": N_("Цьому кореневому сертифікату платформа не довіряє."),
    "validity.not_in_force": N_("На час підписання сертифікат не діяв."),
    "validity.claimed_outside": N_("Підписувач указав час, коли його сертифікат не діяв."),
    "validity.claimed_in_future": N_("Підписувач указав час, який ще не настав."),
    "validity.time_not_proven": N_("Сертифікат уже не діє, а позначки часу немає. Коли підписано, не доведено."),
    "key_usage.not_for_signing": N_("Цей ключ не призначено для підписання."),
    "revocation.revoked": N_("Сертифікат відкликали {revoked_at:%d.%m.%Y}."),
    "revocation.on_hold": N_("Дію сертифіката призупинили {revoked_at:%d.%m.%Y}."),
    "timestamp_revocation.no_evidence": N_("Немає відомостей, чи не відкликано сертифікат позначки часу."),
    "revocation.no_evidence": N_("Немає відомостей надавача, чи не відкликано сертифікат."),
}
_RESULT_ALONE: Final[Mapping[str, str]] = {
    "content.failed": N_("Не вдалося звірити файл із підписом."),
    "attributes.failed": N_("Службові відомості підпису зіпсовано."),
    "signature.failed": N_("Підпис або ключ зіпсовано чи невідомого зразка."),
    "signing_certificate.failed": N_("Посилання на сертифікат зіпсовано."),
    "timestamp.failed": N_("Позначку часу зіпсовано або підроблено."),
    "timestamp.not_made": N_("Позначку часу не вдалося перевірити."),
    "content_timestamp.failed": N_("Позначку часу на файлі зіпсовано або підроблено."),
    "content_timestamp.not_made": N_("Позначку часу на файлі не вдалося перевірити."),
    "path.failed": N_("Ланцюжок сертифікатів порушено."),
    "path.not_made": N_("Ланцюжок сертифікатів не вдалося побудувати."),
    "root.not_made": N_("До кореневого сертифіката дійти не вдалося."),
    "validity.failed": N_("Сертифікат не діяв."),
    "validity.not_made": N_("Строк дії не вдалося перевірити."),
    "revocation.failed": N_("Сертифікат відкликано."),
    "revocation.not_made": N_("Відомості надавача про відкликання непридатні або застаріли."),
    "timestamp_revocation.failed": N_("Сертифікат позначки часу відкликано."),
    "timestamp_revocation.not_made": N_("Відомості про сертифікат позначки часу непридатні або застаріли."),
}
_OTHERWISE: Final[Mapping[Result, str]] = {
    Result.FAILED: N_("Цю перевірку не пройдено."),
    Result.NOT_MADE: N_("Цього не вдалося перевірити."),
}

_UNREADABLE: Final[Mapping[str, str]] = {
    "cms.content_needed": N_("Це підпис без файлу всередині. Додайте й сам файл, який підписували."),
    "asic.only_xml": N_("У цьому контейнері підписи XAdES. Ми перевіряємо CAdES (.p7s, .asice з .p7s)."),
    "zip.too_big": N_("Контейнер завеликий, коли його розпакувати."),
    "zip.too_many_files": N_("У контейнері забагато файлів."),
    "zip.encrypted": N_("Контейнер закрито паролем."),
    "work.too_much_memory": N_("Файл завеликий для перевірки."),
}
_UNREADABLE_OF: Final[Mapping[str, str]] = {
    "zip": N_("Контейнер зіпсовано або складено так, щоб обдурити програму."),
    "asic": N_("Контейнер складено не за правилами ASiC."),
    "manifest": N_("Опис файлів у контейнері зіпсовано."),
    "note": N_("Записку поруч із файлом (.json) зіпсовано, або вона веде за межі своєї теки."),
}
NOT_A_SIGNATURE: Final = N_("Це не файл підпису, або його зіпсовано. Потрібен файл .p7s чи контейнер .asics, .asice.")

LABELS: Final[Mapping[str, str]] = {
    "name": N_("Підписувач"),
    "seal": N_("Печатка"),
    "organisation": N_("Установа"),
    "position": N_("Посада"),
    "edrpou": N_("ЄДРПОУ"),
    "tax_number": N_("РНОКПП"),
    "document": N_("Документ"),
    "unzr": N_("УНЗР"),
    "signed_at": N_("Підписано"),
    "claimed_at": N_("Час зі слів підписувача"),
    "issuer": N_("Хто видав сертифікат"),
    "serial": N_("Номер сертифіката"),
    "validity": N_("Сертифікат діє"),
    "qualified": N_("Сертифікат кваліфікований"),
    "level": N_("Вид підпису"),
    "algorithms": N_("Алгоритми"),
    "covers": N_("Підписані файли"),
}
YES: Final = N_("так")
NO: Final = N_("ні")
UNKNOWN_SIGNER: Final = N_("Невідомо хто")
UNSIGNED_FILE: Final = N_("Файл «{file}» лежить у контейнері без підпису.")

_ALGORITHMS: Final[Mapping[str, str]] = {
    "gost34311": N_("ГОСТ 34.311-95"),
    "kupyna": N_("Купина-256 (ДСТУ 7564)"),
    "kupyna256": N_("Купина-256 (ДСТУ 7564)"),
    "kupyna384": N_("Купина-384 (ДСТУ 7564)"),
    "kupyna512": N_("Купина-512 (ДСТУ 7564)"),
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
}


def why_words(check: Check) -> tuple[str, Mapping[str, object]]:
    """The sentence behind a check with the facts that fill it; empty when all is well."""
    if check.result is Result.PASSED:
        return "", {}
    words = _WHY.get(f"{check.name}.{check.why}") or _RESULT_ALONE.get(f"{check.name}.{check.result}")
    return words or _OTHERWISE[check.result], check.facts


def unreadable_words(code: str) -> str:
    area = code.partition(".")[0]
    return _UNREADABLE.get(code) or _UNREADABLE_OF.get(area) or NOT_A_SIGNATURE


def algorithm_words(slug: str) -> str:
    """Names that are the same in every language stay as they are."""
    return _ALGORITHMS.get(slug, slug)
