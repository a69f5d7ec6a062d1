"""Files that lie sealed in the storage: their keys."""

from django.db import models

from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import FILES


class FileKey(models.Model):
    """The key of one file, sealed like the vault: rotation moves it and never touches the file itself."""

    file = models.OneToOneField("files.StoredFile", primary_key=True, on_delete=models.CASCADE, related_name="+")
    sealed = SealedField(use=FILES)

    class Meta:
        ordering = ("file",)
