"""The rooms behind the one port, and the way into them (design §2.1). Django must be awake before they are read."""

import django
from django.apps import apps

if not apps.ready:
    django.setup()
