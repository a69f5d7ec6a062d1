from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "edem.foundation.people"
    label = "people"
