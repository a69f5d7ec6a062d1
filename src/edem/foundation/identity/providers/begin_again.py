"""The way back to the choice of ways, with the same goal."""

from urllib.parse import urlencode

from django.urls import reverse


def begin_url(*, next_path: str, community: str) -> str:
    return f"{reverse('identity:begin')}?{urlencode({'next': next_path, 'community': community})}"
