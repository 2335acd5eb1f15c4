"""What is typed beside an answer: where a point went, what was replied, another language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from richtschnur.contributions.states import Channel
from richtschnur.ui.forms import KernForm, day_input

LONGEST = 20_000
WAYS = [choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.EVENT)]


class ForwardingForm(KernForm):
    """To whom a point went, when and which way."""

    receiver = forms.CharField(label=_("Passed on to"), max_length=200)
    forwarded_on = forms.DateField(label=_("On which day"), widget=day_input())
    channel = forms.ChoiceField(label=_("Which way"), choices=WAYS, widget=forms.RadioSelect)


class ReplyForm(KernForm):
    """What the other body replied."""

    text = forms.CharField(
        label=_("What was replied"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": "de"}),
        help_text=_("Whoever sent the point reads these words. Leave out names of other people."),
    )
    replied_on = forms.DateField(label=_("Replied on which day"), widget=day_input())


class AnswerTranslationForm(KernForm):
    """An answer's words in another language, and who has checked them."""

    unmarked = ("text", "checker")

    text = forms.CharField(
        label=_("The answer in this language"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    checker = forms.CharField(
        label=_("Checked by"),
        required=False,
        max_length=200,
        help_text=_("Everyone reads it, such as “Integration office” or “sworn translator”."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language
