"""What staff searched for, kept so that no name ever stands in an address."""

import uuid

from django.conf import settings
from django.db import models


class Search(models.Model):
    """One search by one member of staff. Its results are open to nobody else."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    text = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.key)
