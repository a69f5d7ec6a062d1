"""Telling those who follow: a letter at once to some, a line in the next digest to others."""

from datetime import datetime

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.notices.actions import Mail, send_to_subscribers
from edem.foundation.notices.facts import packed
from edem.foundation.notices.hearing import told_at_once
from edem.foundation.notices.models import News
from edem.foundation.notices.subjects import About


@transaction.atomic
def tell_followers(mail: Mail, about: About, *, community: Community, now: datetime) -> None:
    """Once per occasion, however often it is called; a retry sends only what the first attempt did not."""
    News.objects.get_or_create(
        community=community,
        once=mail.once,
        defaults={
            "at": now,
            "service": about.service,
            "item": about.item,
            "topic": about.topic,
            "more_topics": list(about.more_topics),
            "settlement": about.settlement,
            "more_settlements": list(about.more_settlements),
            "is_wide": about.is_wide,
            "author_id": about.author_id,
            "template": mail.template,
            "facts": packed(mail.facts),
            "path": mail.path,
        },
    )
    for portion in told_at_once(about, community=community):
        send_to_subscribers(dict(portion), mail, community=community, now=now)
