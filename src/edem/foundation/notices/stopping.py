"""What one link in a letter stops: a topic, a subscription, a digest, or everything. The code says which."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.foundation.notices import codes
from edem.foundation.notices.actions import choose_topic
from edem.foundation.notices.hearing import follows, subscriptions_of
from edem.foundation.notices.naming import name_of
from edem.foundation.notices.queries import is_mailed
from edem.foundation.notices.subjects import RHYTHMS, Rhythm, Subject
from edem.foundation.notices.subscribing import follow_again, stop_digest, stop_everything, stop_following
from edem.foundation.notices.tokens import Letters
from edem.foundation.notices.topics import topics
from edem.kernel.errors import Missing

BY_LINK = "letter"


@dataclass(frozen=True)
class Topic:
    """A topic of a service: on until somebody says no."""

    person_id: UUID
    topic: str
    can_resume = True

    def words(self) -> str:
        known = topics().get(self.topic)
        return _("Тема: %(topic)s.") % {"topic": _(known) if known else self.topic}

    def is_on(self) -> bool:
        return is_mailed(self.person_id, self.topic)

    def stop(self, now: datetime) -> None:
        choose_topic(self.person_id, self.topic, is_mailed=False, now=now)

    def resume(self, now: datetime) -> None:
        choose_topic(self.person_id, self.topic, is_mailed=True, now=now)


@dataclass(frozen=True)
class OneSubscription:
    person_id: UUID
    community: Community
    subject: Subject
    rhythm: Rhythm
    can_resume = True

    def words(self) -> str:
        return _("Ви стежите: %(what)s.") % {"what": name_of(self.community, self.subject) or self.community.name}

    def is_on(self) -> bool:
        return follows(self.person_id, self.subject, community_id=self.community.pk)

    def stop(self, now: datetime) -> None:
        del now
        stop_following(self.person_id, self.subject, community_id=self.community.pk)

    def resume(self, now: datetime) -> None:
        follow_again(
            self.person_id,
            self.subject,
            community_id=self.community.pk,
            rhythm=self.rhythm,
            source=BY_LINK,
            now=now,
        )


@dataclass(frozen=True)
class WholeDigest:
    person_id: UUID
    community: Community
    rhythm: Rhythm
    can_resume = False

    def words(self) -> str:
        facts = {"community": self.community.name, "rhythm": _(RHYTHMS[self.rhythm])}
        return _("Огляд новин: %(community)s, %(rhythm)s.") % facts

    def is_on(self) -> bool:
        return subscriptions_of(self.person_id).filter(community=self.community, rhythm=self.rhythm).exists()

    def stop(self, now: datetime) -> None:
        del now
        stop_digest(self.person_id, self.rhythm, community_id=self.community.pk)

    def resume(self, now: datetime) -> None:
        """A digest is gathered from many subscriptions; those are chosen anew in the cabinet."""


@dataclass(frozen=True)
class Everything:
    person_id: UUID
    can_resume = False

    def words(self) -> str:
        return _("Усі розсилки й теми. Листи про ваш обліковий запис лишаться.")

    def is_on(self) -> bool:
        return subscriptions_of(self.person_id).exists()

    def stop(self, now: datetime) -> None:
        stop_everything(self.person_id, now=now)

    def resume(self, now: datetime) -> None:
        """What one follows is chosen anew in the cabinet."""


Mailing = Topic | OneSubscription | WholeDigest | Everything


def mailing_of(letters: Letters) -> Mailing:
    person_id, code = letters.person_id, letters.code
    match code[:1]:
        case codes.EVERYTHING:
            return Everything(person_id)
        case codes.SUBSCRIPTION:
            community_id, subject, rhythm = codes.subscription_in(code)
            return OneSubscription(person_id, _community(community_id), subject, rhythm)
        case codes.WHOLE_DIGEST:
            community_id, rhythm = codes.digest_in(code)
            return WholeDigest(person_id, _community(community_id), rhythm)
        case _:
            return Topic(person_id, code)


def _community(community_id: int) -> Community:
    found = Community.objects.filter(pk=community_id).order_by("pk").first()
    if found is None:
        raise Missing("notices.unknown_token")
    return found
