"""What a report of participation says, reckoned from what is there: plain data with codes.

`report_content` gives {"consultation", "title", "state_of", "opens_on", "ends_on", "answers_by_on",
"counts", "who", "about", "decided", "time", "changed", "texts"}; how each part looks stands at its
function. The same data is shown live and frozen with a release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import Truncator

from richtschnur.analysis.disclosure import hidden_cells, is_sum_shown
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.models import Comment, Contribution
from richtschnur.contributions.queries.statistics import tables_of
from richtschnur.contributions.states import Channel, Kind
from richtschnur.county.queries import the_county
from richtschnur.evaluation.models import Change, Group, Point, Response
from richtschnur.evaluation.models.reporting import ChapterText, Report
from richtschnur.evaluation.queries.answers import following_edition, latest_released
from richtschnur.evaluation.queries.durations import durations_of
from richtschnur.evaluation.states import Decision
from richtschnur.strategy.models import Edition, Passage
from richtschnur.ui.languages import LANGUAGES

MOST_COMMENTED, MOST_TOPICS, MOST_CHANGES = 10, 20, 200
BEGINNING = 120  # code points of a passage that stand beside its number
OTHER = "other"
SPOKEN = tuple(each.code for each in LANGUAGES if "-" not in each.code)


def report_content(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """The report as it stands at this moment. Constant queries."""
    points = Point.objects.filter(comment__contribution__consultation=consultation)
    return {
        "consultation": consultation.slug,
        "title": consultation.title,
        "state_of": at.isoformat(),
        "opens_on": _day(consultation.opens_at),
        "ends_on": _day(consultation.ends_at),
        "answers_by_on": _day(consultation.answers_by_on),
        "counts": _counts(consultation, points),
        "who": _who(consultation, at),
        "about": _about(consultation, points),
        "decided": _decided(consultation),
        "time": durations_of(consultation),
        "changed": _changed(consultation),
        "texts": {text.chapter: text.text for text in latest_texts(consultation) if text.text},
    }


def latest_texts(consultation: Consultation) -> list[ChapterText]:
    """The last version of each text that was written for the report; one query."""
    later = ChapterText.objects.filter(
        consultation=OuterRef("consultation"),
        chapter=OuterRef("chapter"),
        version__gt=OuterRef("version"),
    )
    rows = ChapterText.objects.filter(~Exists(later), consultation=consultation)
    return list(rows.select_related("author"))


def reports_of(consultation: Consultation) -> list[Report]:
    """The released states, the newest first; one query."""
    rows = Report.objects.filter(consultation=consultation).select_related("released_by")
    return list(rows.order_by("-version"))


def released_report(consultation: Consultation) -> Report | None:
    """What everyone reads: the state that was released last, or None."""
    rows = Report.objects.filter(consultation=consultation).order_by("-version")
    return rows.first()


def _day(on: Any) -> str:
    return on.isoformat()[:10] if on else ""


def _counts(consultation: Consultation, points: Any) -> dict[str, int]:
    """Contributions, comments, points, groups, points in groups, different texts."""
    contributions = Contribution.objects.filter(consultation=consultation).count()
    counted = points.aggregate(
        points=Count("pk"),
        comments=Count("comment", distinct=True),
        grouped=Count("pk", filter=Q(group__isnull=False)),
        groups=Count("group", distinct=True),
        senders=Count("comment__contribution", filter=Q(group__isnull=False), distinct=True),
    )
    distinct = counted["points"] - counted["grouped"] + counted["groups"]
    return {"contributions": contributions, "distinct": distinct, **counted}


def _who(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """Tables in which nobody can be found: {name: {"rows": [[code, number or None]], "total"}}.

    None in place of a table: fewer than five, so that nothing is shown. Every code of a list has
    its row, also where nobody chose it, because a missing row would tell something.
    """
    rows = Contribution.objects.filter(consultation=consultation).order_by()
    kinds = dict(rows.values_list("kind").annotate(Count("pk")))
    channels = dict(rows.values_list("channel").annotate(Count("pk")))
    languages: Counter[str] = Counter()
    for code, n in rows.values_list("language").annotate(Count("pk")):
        first = code.partition("-")[0]
        languages[first if first in SPOKEN else OTHER if first else ""] += n
    return {
        "kind": _table(Kind.values, kinds),
        "channel": _table(Channel.values, channels),
        "language": _table((*SPOKEN, OTHER, ""), languages),
        "place": _places(consultation, at),
    }


def _table(codes: Sequence[str], counted: dict[str, int]) -> dict[str, Any] | None:
    counts = [counted.get(code, 0) for code in codes]
    if not is_sum_shown(counts):
        return None
    hidden = hidden_cells(counts)
    cells = [[code, None if i in hidden else counts[i]] for i, code in enumerate(codes)]
    return {"rows": cells, "total": sum(counts)}


def _places(consultation: Consultation, at: datetime) -> dict[str, Any] | None:
    """What was told voluntarily, once the consultation is over; "" is no answer."""
    names = the_county().municipality_names
    if not names or consultation.phase(at) != Phase.CLOSED:
        return None
    choices = [("", ""), *((name, name) for name in names), (OTHER, OTHER)]
    tables = tables_of(consultation, {"municipality": choices})
    if not tables:
        return None
    return {"rows": [list(row) for row in tables[0].rows], "total": tables[0].total}


def _about(consultation: Consultation, points: Any) -> dict[str, Any]:
    """Topics [[name, points]], passages [[number, beginning, comments]], largest groups [size]."""
    topics = points.filter(topics__isnull=False).order_by().values_list("topics__name")
    commented = Comment.objects.filter(
        contribution__consultation=consultation, passage__isnull=False
    ).order_by()
    counted = commented.values_list("passage__number", "passage__text").annotate(n=Count("pk"))
    groups = Group.objects.filter(consultation=consultation, size__gt=1).order_by("-size", "pk")
    return {
        "topics": [list(row) for row in _most(topics, "topics__name", MOST_TOPICS)],
        "without_topic": points.filter(topics__isnull=True).count(),
        "passages": [
            [number, _beginning(text), n]
            for number, text, n in counted.order_by("-n", "passage__number")[:MOST_COMMENTED]
        ],
        "groups": list(groups.values_list("size", flat=True)[:MOST_COMMENTED]),
    }


def _most(rows: Any, name: str, limit: int) -> Iterable[tuple[str, int]]:
    found: Iterable[tuple[str, int]] = rows.annotate(n=Count("pk")).order_by("-n", name)[:limit]
    return found


def _decided(consultation: Consultation) -> list[list[Any]]:
    """How often each decision was released: [[code, points]], those that were, in their order."""
    rows = latest_released().filter(point__comment__contribution__consultation=consultation)
    counted = dict(rows.order_by().values_list("decision").annotate(Count("pk")))
    return [[d.value, counted[d.value]] for d in Decision if counted.get(d.value)]


def _changed(consultation: Consultation) -> dict[str, Any]:
    """Passages that answers changed in the edition that followed.

    {"edition": number or None, "slug", "count", "answers", "passages": [[number or None,
    beginning]]}; without a number the passage is gone.
    """
    following = following_edition(consultation)
    if following is None:
        return {"edition": None, "slug": "", "count": 0, "answers": 0, "passages": []}
    made = Change.objects.filter(
        response__point__comment__contribution__consultation=consultation,
        edition__number__lte=following.number,
    )
    identities = set(made.values_list("identity", flat=True))
    responses = Response.objects.filter(pk__in=made.values("response")).values("point")
    return {
        "edition": following.number,
        "slug": following.strategy.slug,
        "count": len(identities),
        "answers": responses.distinct().count(),
        "passages": _passages(consultation.edition, following, identities),
    }


def _passages(old: Edition | None, new: Edition, identities: set[Any]) -> list[list[Any]]:
    rows = Passage.objects.filter(edition=new, identity__in=identities).order_by("position")
    there: dict[Any, list[Any]] = {row.identity: [row.number, _beginning(row.text)] for row in rows}
    gone = Passage.objects.filter(edition=old, identity__in=identities - set(there))
    lost: list[list[Any]] = [[None, _beginning(row.text)] for row in gone.order_by("position")]
    return [*there.values(), *lost][:MOST_CHANGES]


def _beginning(text: str) -> str:
    """As much of a passage as a table shows, with an ellipsis behind it."""
    return Truncator(text).chars(BEGINNING)
