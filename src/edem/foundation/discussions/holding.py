"""What discussions hold about one person: what they said, and under which name it stands."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.discussions.models import Comment
from edem.foundation.people.held import Held


def held_by_discussions(person_id: UUID) -> Sequence[Held]:
    known = list(Comment.objects.filter(author_id=person_id).select_related("community").order_by("-at", "-pk"))
    if not known:
        return []
    return [
        Held(
            code="discussions.comments",
            title=_("Ваші дописи в обговореннях"),
            words=ngettext("%(n)d допис", "%(n)d дописів", len(known)) % {"n": len(known)},
            why=_("Щоб обговорення можна було читати до кінця."),
            until=_("Поки є сторінка, під якою їх написано."),
            stays_because=_("Слова лишаться без вашого імені. Щоб зникли й слова, видаліть допис на його сторінці."),
            lines=lambda: [
                {
                    "community": each.community.name,
                    "under": each.title,
                    "text": each.text,
                    "name": each.author_name,
                    "state": each.state,
                    "at": each.at,
                }
                for each in known
            ],
        )
    ]
