"""Django's room of the front door: everything that is not memory, intake or live."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
