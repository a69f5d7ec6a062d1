"""What is held of one person's signatures by КЕП: the files themselves, sealed."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.people.held import Held
from edem.services.petitions.models import KepEvidence, Petition


def kep_held_about(person_id: UUID) -> Held | None:
    count = KepEvidence.objects.filter(person_id=person_id).count()
    if not count:
        return None
    return Held(
        code="petitions.kep",
        title=_("Ваші файли з підписом КЕП"),
        words=ngettext(
            "%(n)d файл: у сертифікаті ваше ім’я та податковий номер",
            "%(n)d файлів: у сертифікаті ваше ім’я та податковий номер",
            count,
        )
        % {"n": count},
        why=_("Щоб рада могла перевірити ваш підпис під текстом петиції без нашого сайту."),
        until=_("Стільки ж, скільки список тих, хто підписав."),
        stays_because=_("Файл є самим підписом. Зберігаємо його зашифрованим; хто його брав, видно у вашому журналі."),
        lines=lambda: files_of(person_id),
    )


def files_of(person_id: UUID) -> Iterable[Mapping[str, object]]:
    kept = list(KepEvidence.objects.filter(person_id=person_id).order_by("-at", "mark"))
    petitions = Petition.objects.in_bulk({each.petition_id for each in kept})
    return [
        {
            "petition": petitions[each.petition_id].title if each.petition_id in petitions else "",
            "signed_at": each.at,
            "sha256": each.sha256,
            "text_sha256": each.text_sha256,
            "algorithm": each.algorithm,
            "issuer": each.issuer,
            "is_for_author": each.is_for_author,
        }
        for each in kept
    ]
