"""Reading the register: finding, telling alike from different, tables, what waits."""

from richtschnur.network.queries.choosing import Choice, choices
from richtschnur.network.queries.finding import (
    Wanted,
    by_name,
    everybody,
    found,
    history,
    known_by_name,
    listed,
    listed_organization,
    members_of,
    sought_words,
)
from richtschnur.network.queries.headings import heads
from richtschnur.network.queries.likeness import (
    Candidate,
    alike,
    by_identity,
    keys_of,
    name_key,
    plain,
    said_to_be,
)
from richtschnur.network.queries.planning import (
    Plan,
    PlannedRow,
    Verdict,
    plan_import,
    updated_entry,
)
from richtschnur.network.queries.speech import language_code, language_name, value_name
from richtschnur.network.queries.tables import (
    Person,
    TableRow,
    read_register,
    table_trouble,
)
from richtschnur.network.queries.values import (
    emails_in,
    languages_in,
    parts_of,
    phones_in,
    websites_in,
)
from richtschnur.network.queries.waiting import (
    MergePart,
    check_by_secret,
    current_seats,
    due_for_check,
    merge_parts,
    open_report_count,
    open_reports,
    seats_of,
)

__all__ = [
    "Candidate",
    "Choice",
    "MergePart",
    "Person",
    "Plan",
    "PlannedRow",
    "TableRow",
    "Verdict",
    "Wanted",
    "alike",
    "by_identity",
    "by_name",
    "check_by_secret",
    "choices",
    "current_seats",
    "due_for_check",
    "emails_in",
    "everybody",
    "found",
    "heads",
    "history",
    "keys_of",
    "known_by_name",
    "language_code",
    "language_name",
    "languages_in",
    "listed",
    "listed_organization",
    "members_of",
    "merge_parts",
    "name_key",
    "open_report_count",
    "open_reports",
    "parts_of",
    "phones_in",
    "plain",
    "plan_import",
    "read_register",
    "said_to_be",
    "seats_of",
    "sought_words",
    "table_trouble",
    "updated_entry",
    "value_name",
    "websites_in",
]
