"""What can be found: documents in scopes, and the words that compounds are split by."""

from __future__ import annotations

from django.db import models


class SearchScope(models.Model):
    """Documents that are indexed and shown together, such as one edition of a paper.

    `key` names it for the stage that gave it, `family` what it is one version of; of a family the
    scope with the highest `order` is the newest. `version` says which state was indexed; `facts`
    are for the stage that shows it.
    """

    key = models.CharField(max_length=120, unique=True)
    family = models.CharField(max_length=100, db_index=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=20, default="de")
    order = models.BigIntegerField(default=0)
    is_public = models.BooleanField(default=False)
    version = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-order", "key"]

    def __str__(self) -> str:
        return self.key


class SearchDocument(models.Model):
    """One thing to find: `tokens` are the keys of its words, parted by blanks.

    `place` is what it stands under, in words that are not searched; `address` is the name of a
    page and its arguments as a list.
    """

    scope = models.ForeignKey(SearchScope, on_delete=models.CASCADE, related_name="documents")
    subject = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    place = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="de")
    address = models.JSONField(default=list)
    tokens = models.TextField(blank=True)

    class Meta:
        ordering = ["scope", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "subject"], name="search_document_once")
        ]

    def __str__(self) -> str:
        return self.subject


class SearchWord(models.Model):
    """A form of a noun that stands in an indexed text: compounds are split by these."""

    form = models.CharField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.form
