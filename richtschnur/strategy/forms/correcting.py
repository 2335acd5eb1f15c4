"""Small forms, one a correction; each knows how its correction is made in a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.documents.structure import correcting, correcting_elements, leaving_out
from richtschnur.documents.structure.draft import DEEPEST, Draft
from richtschnur.documents.structure.parts import cuts, parts
from richtschnur.strategy.forms.marking import (
    ElementFields,
    MarkFields,
    chosen_parent,
    element_kind,
)
from richtschnur.strategy.queries.preview_places import ShownPlace, read_mark
from richtschnur.strategy.queries.previews import Looking
from richtschnur.strategy.states import ElementKind, PassageKind
from richtschnur.ui.forms import KernForm
from richtschnur.ui.words import capfirst

LEVELS = [(level, str(level)) for level in range(1, DEEPEST + 1)]
WORD_KINDS = (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.QUOTE, PassageKind.NOTE)


class CorrectionForm(KernForm):
    """A correction of one place; `read` is how the place stood when it was shown."""

    name = ""
    read = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, looking: Looking, shown: ShownPlace, **kwargs: Any) -> None:
        self.looking, self.shown = looking, shown
        kwargs["initial"] = (
            {"read": read_mark(shown.place)} | self.start() | kwargs.get("initial", {})
        )
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, more=self.more(), **kwargs)

    def start(self) -> dict[str, Any]:
        """What stands in the fields at first."""
        return {}

    def more(self) -> dict[str, forms.Field]:
        """Fields whose choices come from the place."""
        return {}

    def make(self, draft: Draft) -> object:
        """Make the correction. Raises Impossible."""
        raise NotImplementedError


class LevelForm(CorrectionForm):
    name = "level"
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level of the heading"), choices=LEVELS, coerce=int
    )
    with_branch = forms.BooleanField(
        label=gettext_lazy("Move everything below it along"), required=False
    )

    def start(self) -> dict[str, Any]:
        return {"level": self.shown.place.level, "with_branch": True}

    def make(self, draft: Draft) -> None:
        level, along = self.cleaned_data["level"], self.cleaned_data["with_branch"]
        correcting.set_level(draft, self.shown.key, level, with_branch=along)


class ToPassageForm(CorrectionForm):
    name = "to_passage"

    def make(self, draft: Draft) -> None:
        correcting.to_passage(draft, self.shown.key)


class ToHeadingForm(CorrectionForm):
    name = "to_heading"
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level of the heading"), choices=LEVELS, coerce=int
    )

    def start(self) -> dict[str, Any]:
        at, _number = correcting.section_of(self.looking.draft, self.shown.key)
        return {"level": min(self.looking.draft.sections[at].level + 1, DEEPEST)}

    def make(self, draft: Draft) -> None:
        correcting.to_heading(draft, self.shown.key, self.cleaned_data["level"])


class JoinForm(CorrectionForm):
    name = "join"

    def make(self, draft: Draft) -> object:
        return correcting.join_before(draft, self.shown.key)


class CutForm(CorrectionForm):
    name = "cut"

    def more(self) -> dict[str, forms.Field]:
        text = self.shown.text
        choices = [(at, f"{text[at : at + 90]} …") for at in cuts(text)]
        return {
            "at": forms.TypedChoiceField(
                label=_("The second part begins with"),
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
            )
        }

    def make(self, draft: Draft) -> None:
        correcting.split(draft, self.shown.key, self.cleaned_data["at"])


class KindForm(CorrectionForm):
    name = "kind"
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of passage"),
        choices=[(kind.value, kind.label) for kind in WORD_KINDS],
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Depth of a list item"), choices=LEVELS, coerce=int, required=False
    )

    def start(self) -> dict[str, Any]:
        return {"kind": self.shown.kind, "level": max(1, self.shown.place.level)}

    def make(self, draft: Draft) -> None:
        given = self.cleaned_data
        correcting.set_kind(draft, self.shown.key, given["kind"], level=given["level"] or 1)


class AlternativeForm(CorrectionForm):
    name = "alternative"
    text = forms.CharField(
        label=gettext_lazy("What the picture shows"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("For people who don't see it (alternative text)."),
    )

    def start(self) -> dict[str, Any]:
        return {"text": self.shown.text}

    def make(self, draft: Draft) -> None:
        correcting.set_alternative(draft, self.shown.key, self.cleaned_data["text"])


class CaptionForm(CorrectionForm):
    name = "caption"
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def start(self) -> dict[str, Any]:
        return {"caption": getattr(self.shown.place, "caption", "")}

    def make(self, draft: Draft) -> None:
        correcting.set_caption(draft, self.shown.key, self.cleaned_data["caption"])


class LeaveOutForm(CorrectionForm):
    name = "leave_out"
    alike = forms.BooleanField(
        label=gettext_lazy("All places with the same words, whatever their numbers"), required=False
    )

    def make(self, draft: Draft) -> object:
        alike = self.cleaned_data["alike"]
        return leaving_out.leave_out(draft, self.shown.key, alike=alike)


class MarkForm(MarkFields, CorrectionForm):
    name = "mark"

    def start(self) -> dict[str, Any]:
        kind = ElementKind.GUIDELINE if self.shown.is_heading else ElementKind.MEASURE
        above = correcting_elements.guideline_above(self.looking.draft, self.shown.key)
        return {"kind": kind.value, "parent": above}

    def more(self) -> dict[str, forms.Field]:
        spans = parts(self.shown.text, is_table=self.shown.kind == "table")
        return self.choices(self.shown.text, spans, self.looking.guidelines())

    def make(self, draft: Draft) -> None:
        given = self.cleaned_data
        parent = chosen_parent(given)
        spans = given["spans"]
        correcting_elements.mark(draft, self.shown.key, given["kind"], spans, parent=parent)


class ElementForm(ElementFields, CorrectionForm):
    name = "element"
    element = forms.IntegerField(widget=forms.HiddenInput)

    def more(self) -> dict[str, forms.Field]:
        own = {one.key for one in self.shown.elements}
        parents = [(key, words) for key, words in self.looking.guidelines() if key not in own]
        return self.choices(parents)

    def make(self, draft: Draft) -> None:
        given = self.cleaned_data
        kind = element_kind(given["kind"])
        correcting_elements.change(draft, given["element"], kind, chosen_parent(given))


class ConfirmForm(CorrectionForm):
    name = "confirm"
    element = forms.IntegerField(widget=forms.HiddenInput)

    def make(self, draft: Draft) -> None:
        correcting_elements.confirm(draft, self.cleaned_data["element"])


class UnmarkForm(CorrectionForm):
    name = "unmark"
    element = forms.IntegerField(widget=forms.HiddenInput)

    def make(self, draft: Draft) -> None:
        correcting_elements.unmark(draft, self.cleaned_data["element"])


class RightForm(CorrectionForm):
    name = "right"

    def make(self, draft: Draft) -> None:
        correcting_elements.confirm_place(draft, self.shown.key)


class SettleForm(CorrectionForm):
    name = "settle"
    doubt = forms.IntegerField(widget=forms.HiddenInput)
    settled = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def make(self, draft: Draft) -> None:
        given = self.cleaned_data
        correcting.settle(draft, given["doubt"], is_settled=given["settled"])


FORMS: dict[str, type[CorrectionForm]] = {
    form.name: form
    for form in (
        LevelForm,
        ToPassageForm,
        ToHeadingForm,
        JoinForm,
        CutForm,
        KindForm,
        AlternativeForm,
        CaptionForm,
        LeaveOutForm,
        MarkForm,
        ElementForm,
        ConfirmForm,
        UnmarkForm,
        RightForm,
        SettleForm,
    )
}


def kind_label(kind: str) -> str:
    """A passage's kind for people; a heading is none of the stored kinds."""
    return _("Heading") if kind == "heading" else capfirst(str(PassageKind(kind).label))
