"""From two editions to the fate of every passage."""

from __future__ import annotations

from richtschnur.documents.lineage.exact import link_repeated, link_unique
from richtschnur.documents.lineage.fuzzy import Search, link_changed
from richtschnur.documents.lineage.groups import link_groups
from richtschnur.documents.lineage.matching import Matching
from richtschnur.documents.lineage.pieces import Lineage, Manuscript
from richtschnur.documents.lineage.sections import match_sections
from richtschnur.documents.lineage.telling import tell

FLOORS = (0.62, 0.45, 0.38)


def trace(old: Manuscript, new: Manuscript) -> Lineage:
    """What became of every passage of `old`, and where every passage of `new` comes from.

    Sure by itself is only what is not to be mistaken: the same words where no other passage has
    them or the company tells which; other words where no look-alike comes near and no number or
    name was replaced. Everything else asks. No step compares all with all.
    """
    known = Matching(old, new)
    link_unique(known)
    match_sections(known)
    link_repeated(known)
    search = Search(known)
    link_groups(search)
    for floor in FLOORS:
        if link_changed(search, floor=floor):
            match_sections(known)
            link_repeated(known)
    return tell(search)
