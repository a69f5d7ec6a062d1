"""The organisations of a community that a report may be given to."""

from django.db.models import QuerySet

from edem.foundation.communities.models import Community, Organisation


def organisations_at_work(community: Community) -> QuerySet[Organisation]:
    return Organisation.objects.filter(community=community, closed_at=None).order_by("name_key", "name", "pk")


def organisations_offered(community: Community) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in organisations_at_work(community).values_list("pk", "name")]
