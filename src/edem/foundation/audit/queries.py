"""Reads for the auditor's page."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from edem.foundation.audit.models import AuditEntry, kind_of


def staff_acts(
    community_id: int | None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    person_id: UUID | None = None,
    act: str | None = None,
) -> QuerySet[AuditEntry]:
    """The acts of a community's staff (None: of the platform's), the newest first."""
    wanted = {"at__gte": since, "at__lt": until, "person_id": person_id, "act": act}
    given = {name: value for name, value in wanted.items() if value is not None}
    return _acts_in(community_id).filter(**given).select_related("person").order_by("-at", "-pk")


def staff_acts_about(subject: Model) -> QuerySet[AuditEntry]:
    acts = AuditEntry.objects.filter(subject_kind=kind_of(subject), subject_id=str(subject.pk))
    return acts.select_related("person").order_by("-at", "-pk")


def acts_recorded(community_id: int | None) -> list[str]:
    """The kinds of acts that happened, for the auditor's filter."""
    return list(_acts_in(community_id).order_by("act").values_list("act", flat=True).distinct())


def _acts_in(community_id: int | None) -> QuerySet[AuditEntry]:
    everywhere = AuditEntry.objects.all()
    return everywhere.filter(community=None) if community_id is None else everywhere.filter(community_id=community_id)
