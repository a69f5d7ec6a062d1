"""A bare Django view with as many queries as its path says: what a signed-in person's page is measured against.

No middleware, no template, the smallest table; the same server, the same bridge to WSGI, the same number of threads.
"""

import os

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from edem.config.database import django_database

THREADS = 8
"""As many as Django's room has; that module would bring the whole platform along."""

if not settings.configured:
    settings.configure(
        SECRET_KEY="nothing is signed here",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.load.bare",
        DATABASES={"default": django_database(os.environ["DATABASE_URL"])},
        INSTALLED_APPS=["django.contrib.contenttypes"],
    )


def view(_request: HttpRequest, queries: int, size: int) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    for number in range(queries):
        ContentType.objects.filter(pk=number).first()
    return HttpResponse("<!doctype html><title>bare</title>" + "x" * size)


urlpatterns = [path("<int:queries>/<int:size>/", view)]
application = WSGIMiddleware(get_wsgi_application(), workers=THREADS)  # type: ignore[arg-type]
