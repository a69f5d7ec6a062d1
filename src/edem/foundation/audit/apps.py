from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "edem.foundation.audit"
    label = "audit"
