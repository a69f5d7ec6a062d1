"""./edem manage rotate_vault_keys: what is sealed goes over to the current key; --report says which are needed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edem.foundation.catalog.registry import manifests
from edem.foundation.identity.privacy.key_report import KeyReport, mark_key_report, vault_key_report
from edem.foundation.identity.privacy.marking import complete_marks
from edem.foundation.identity.privacy.rotating import PORTION, rotate
from edem.foundation.people.resealing import reseal_secrets, secrets_left_behind


class Command(BaseCommand):
    help = "Перешифрувати сховище поточним ключем і доповнити позначки; сайт працює далі."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--portion", type=int, default=PORTION, help="Скільки рядків за один запис до бази.")
        parser.add_argument("--report", action="store_true", help="Лише сказати, які версії ключів ще потрібні й чому.")

    def handle(self, *args: Any, portion: int, report: bool, **options: Any) -> None:  # Django's way
        del args, options
        now = datetime.now(UTC)  # noqa: TID251 - the edge
        unopened = 0 if report else self._rotate(portion, now)
        lost = self._say("EDEM_VAULT_KEY", vault_key_report()) + self._say(
            "EDEM_MARK_KEY", mark_key_report(_subjects(now))
        )
        if left := secrets_left_behind():
            self.stdout.write(f"  попередня версія EDEM_VAULT_KEY ще потрібна: таємниці входу працівників, {left}")
        if unopened:
            raise CommandError(f"Не відкрилося рядків: {unopened}. Поверніть старий ключ і запустіть ще раз.")
        if lost:
            raise CommandError("Бракує ключів, без яких не обійтися. Поверніть їх до налаштувань.")

    def _rotate(self, portion: int, now: datetime) -> int:
        outcomes = rotate(told=self._progress, portion=portion)
        complete_marks(now=now, told=self._progress, portion=portion)
        return sum(each.unopened for each in outcomes) + reseal_secrets(told=self._progress)

    def _progress(self, table: str, done: int) -> None:
        self.stdout.write(f"{table}: {done}")

    def _say(self, variable: str, report: KeyReport) -> int:
        self.stdout.write(f"{variable}: поточна версія {report.current}")
        for need in report.needs:
            missing = "" if need.version in report.known else " — ЦЬОГО КЛЮЧА НЕМАЄ"
            self.stdout.write(f"  версія {need.version} ще потрібна: {need.what}, {need.count}{missing}")
        for version in report.spare:
            self.stdout.write(f"  версія {version} більше не потрібна: її можна прибрати")
        return len(report.lost)


def _subjects(now: datetime) -> Mapping[str, Mapping[int, int]]:
    return {each.code: each.marked_by(now) for each in manifests() if each.marked_by}
