"""The pictures that messages show."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.walls.identifiers import new_id

_LONGEST_TYPE = 20
_SHA256_HEX = 64


class Picture(models.Model):
    """What a message shows instead of a text; written once with it, never changed.

    content_ciphertext  the file, as it was written anew, encrypted for this row alone
    size                of the file, in bytes, as `sha256` is its digest
    width               in pixels, as `height`
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    # Tied to their rows in the migration, together with contract_id.
    conversation_id = models.UUIDField()
    message_id = models.UUIDField(unique=True)
    media_type = models.CharField(max_length=_LONGEST_TYPE)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=_SHA256_HEX)
    content_ciphertext = models.BinaryField()

    class Meta:
        """Only kinds that browsers show as pictures and as nothing else."""

        app_label = "conversations"
        db_table = "conversations_picture"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "conversation_id"], name="pictures_of_conversation")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(media_type__in=["image/jpeg", "image/png", "image/webp"]),
                name="picture_kind_known",
            ),
        ]
