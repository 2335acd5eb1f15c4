"""Every write of the register."""

from richtschnur.network.operations.asking import (
    agree_to_listing,
    ask_to_check,
    confirm_entry,
    end_listing,
    open_check,
    secret_of,
)
from richtschnur.network.operations.bodies import end_membership, keep_body, keep_membership
from richtschnur.network.operations.importing import (
    Decision,
    ImportReport,
    foreseen,
    import_organizations,
)
from richtschnur.network.operations.keeping import (
    add_organization,
    archive_organization,
    change_organization,
    restore_organization,
)
from richtschnur.network.operations.merging import (
    Reference,
    merge_organizations,
    references,
    refers_to_organizations,
)
from richtschnur.network.operations.people import (
    forget_contact,
    keep_contact,
    record_consent,
    revoke_consent,
)
from richtschnur.network.operations.reporting import (
    decide_report,
    forget_reporter,
    report_change,
)

__all__ = [
    "Decision",
    "ImportReport",
    "Reference",
    "add_organization",
    "agree_to_listing",
    "archive_organization",
    "ask_to_check",
    "change_organization",
    "confirm_entry",
    "decide_report",
    "end_listing",
    "end_membership",
    "foreseen",
    "forget_contact",
    "forget_reporter",
    "import_organizations",
    "keep_body",
    "keep_contact",
    "keep_membership",
    "merge_organizations",
    "open_check",
    "record_consent",
    "references",
    "refers_to_organizations",
    "report_change",
    "restore_organization",
    "revoke_consent",
    "secret_of",
]
