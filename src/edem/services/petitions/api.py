"""Petitions for outside programs: /api/v1/petitions. The public API portal mounts this router."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

router = Router(tags=["petitions"])


class PetitionSummary(Schema):
    id: int
    number: int | None
    title: str
    state: str
    count: int
    required: int
    published_at: datetime | None
    closes_at: datetime | None
