"""The base of what is good and strong in a life."""

from django.db import models

from clients.models.base import EntryModel


class ResourceModel(EntryModel):
    """What is good and strong in a life. `source_*` name the row it was found in, such as the run of an exercise; empty when it was added by itself."""

    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True
