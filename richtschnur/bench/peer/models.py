"""One row, as most would write it first."""

from __future__ import annotations

from django.db import models


class Remark(models.Model):
    """A text with its moment."""

    text = models.TextField(max_length=200_000)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "peer"

    def __str__(self) -> str:
        return self.text[:60]
