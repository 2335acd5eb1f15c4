"""Every write of the stage: the basket, and the one way in for all contributions."""

from richtschnur.contributions.operations.answering import put_answers
from richtschnur.contributions.operations.attaching import (
    NewFile,
    attach_file,
    detach_file,
    receive_file,
    scan_waiting,
    sweep_files,
)
from richtschnur.contributions.operations.basket import (
    forget_old_baskets,
    put_comment,
    remove_comment,
)
from richtschnur.contributions.operations.erasing import (
    ask_erasure,
    confirm_erasure,
    decline_erasure,
    erasure_of,
    replay_erasures,
)
from richtschnur.contributions.operations.forgetting import forget_sender
from richtschnur.contributions.operations.importing import RowReport, import_contributions
from richtschnur.contributions.operations.mails import (
    assign_mail,
    files_of,
    keep_mail,
    record_mail,
    set_mail_aside,
)
from richtschnur.contributions.operations.objecting import (
    object_to_withholding,
    uphold_withholding,
)
from richtschnur.contributions.operations.previewing import (
    drop_table,
    hold_table,
    preview_import,
)
from richtschnur.contributions.operations.publication import (
    forget_copies,
    hold_comment,
    index_published,
    mark_answered,
    publish_clean,
    publish_comment,
    suspect,
    withhold_comment,
)
from richtschnur.contributions.operations.reading import words_of_file
from richtschnur.contributions.operations.releasing import (
    check_publishable,
    hold_back_file,
    release_file,
)
from richtschnur.contributions.operations.retention import erase_mails_aside
from richtschnur.contributions.operations.returning import put_returned, read_returned
from richtschnur.contributions.operations.revocation import revoke_consent
from richtschnur.contributions.operations.sending import (
    chosen_in,
    kind_of,
    person_of,
    send_basket,
    send_nil_return,
    sending_key,
    state_of,
)
from richtschnur.contributions.operations.sharing import join_basket, share_basket, stop_sharing
from richtschnur.contributions.operations.standing import record_outcome
from richtschnur.contributions.operations.statistics import count_answers
from richtschnur.contributions.operations.submission import (
    NewAnswer,
    NewComment,
    Person,
    Submitted,
    submit_contribution,
)
from richtschnur.contributions.operations.workshop import (
    end_workshop,
    open_workshop,
    screen_key,
    strike_remark,
    write_remark,
)

__all__ = [
    "NewAnswer",
    "NewComment",
    "NewFile",
    "Person",
    "RowReport",
    "Submitted",
    "ask_erasure",
    "assign_mail",
    "attach_file",
    "check_publishable",
    "chosen_in",
    "confirm_erasure",
    "count_answers",
    "decline_erasure",
    "detach_file",
    "drop_table",
    "end_workshop",
    "erase_mails_aside",
    "erasure_of",
    "files_of",
    "forget_copies",
    "forget_old_baskets",
    "forget_sender",
    "hold_back_file",
    "hold_comment",
    "hold_table",
    "import_contributions",
    "index_published",
    "join_basket",
    "keep_mail",
    "kind_of",
    "mark_answered",
    "object_to_withholding",
    "open_workshop",
    "person_of",
    "preview_import",
    "publish_clean",
    "publish_comment",
    "put_answers",
    "put_comment",
    "put_returned",
    "read_returned",
    "receive_file",
    "record_mail",
    "record_outcome",
    "release_file",
    "remove_comment",
    "replay_erasures",
    "revoke_consent",
    "scan_waiting",
    "screen_key",
    "send_basket",
    "send_nil_return",
    "sending_key",
    "set_mail_aside",
    "share_basket",
    "state_of",
    "stop_sharing",
    "strike_remark",
    "submit_contribution",
    "suspect",
    "sweep_files",
    "uphold_withholding",
    "withhold_comment",
    "words_of_file",
    "write_remark",
]
