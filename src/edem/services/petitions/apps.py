from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "edem.services.petitions"
    label = "petitions"
