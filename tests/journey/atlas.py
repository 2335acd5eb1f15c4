"""Every page of the journey: who sees it, and how one gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.journey.asking import answer_nothing, answer_some
from tests.journey.delegated import ask_nobody, hand_in_nothing
from tests.journey.register import bring_register, refuse_without_reason
from tests.journey.spoken import bring_a_table, one_text
from tests.journey.town import Town
from tests.support.visits import Visit

VISITOR, OFFICER, REVIEWER, DEPARTMENT = "visitor", "officer", "reviewer", "department"
Way = Callable[[Visit, Town], object]


@dataclass(frozen=True)
class Stop:
    """One page in one state: its name, who looks at it, how she gets there."""

    name: str
    who: str
    way: Way


def _at(name: str, *keys: str, **query: str | int) -> Way:
    """Straight to an address; `keys` name values of the town, or stand for themselves."""

    def go(visit: Visit, town: Town) -> object:
        asked = {key: _value(town, v) if isinstance(v, str) else v for key, v in query.items()}
        return visit.open(name, *(_value(town, key) for key in keys), **asked)

    return go


def _value(town: Town, key: str) -> object:
    found: object = town
    for part in key.split("."):
        if isinstance(found, list):
            found = found[int(part)]
        elif hasattr(found, part):
            found = getattr(found, part)
        else:
            return key
    return found


def _empty(way: Way, form: str = "main form[method=post]:not([action])") -> Way:
    """The page's form, sent with nothing in it: an error state."""

    def send(visit: Visit, town: Town) -> None:
        way(visit, town)
        fields = f"{form} :is(input[type=text], input[type=password], input[type=email], textarea)"
        for field in visit.page.locator(fields).all():
            if field.is_visible():
                field.fill("")
        visit.page.locator(f"{form} .kern-btn--primary").first.click()
        visit.page.locator("#errors").wait_for()

    return send


def _first_passage(edition: str) -> Way:
    def go(visit: Visit, town: Town) -> object:
        shown = _value(town, edition)
        passage = shown.passages.order_by("position").first()  # type: ignore[attr-defined]
        return visit.open(
            "strategy:passage_edit",
            shown.strategy.slug,
            shown.number,
            passage.identity,  # type: ignore[attr-defined]
        )

    return go


def _worked(page: str, what: str) -> Way:
    """A page of a passage (or section) of the draft that is worked on."""

    def go(visit: Visit, town: Town) -> object:
        draft, thing = town.draft, getattr(town.work, what)
        return visit.open(f"strategy:{page}", draft.strategy.slug, draft.number, thing.identity)

    return go


def _unsure_place(visit: Visit, town: Town) -> None:
    visit.open("strategy:preview", town.preview.key)
    visit.page.locator("a[data-key=n]").click()
    visit.page.locator("#meaning").wait_for()


def _mark_nothing(visit: Visit, town: Town) -> None:
    _unsure_place(visit, town)
    visit.page.locator("summary[data-key=m]").click()
    visit.page.locator("form:has(input[value=mark]) .kern-btn").click()
    visit.page.locator("#errors").wait_for()


def _left_out(visit: Visit, town: Town) -> None:
    _unsure_place(visit, town)
    form = visit.page.locator("details:has(input[value=leave_out])")
    form.locator("summary").click()
    form.locator(".kern-btn").click()
    visit.open("strategy:preview", town.preview.key, show="left-out")


def _untitled(visit: Visit, town: Town) -> None:
    visit.open("strategy:preview", town.preview.key)
    visit.page.locator("summary:has(+ form #title_title)").click()
    visit.page.locator("#title_title").fill("")
    visit.page.locator("form:has(#title_title) .kern-btn").click()
    visit.page.locator("#errors").wait_for()


def _meaning(visit: Visit, town: Town) -> None:
    measure = town.draft.elements.filter(kind="measure", passage__isnull=False)[0]
    assert measure.passage is not None
    slug = town.draft.strategy.slug
    visit.open("strategy:recognised", slug, town.draft.number, measure.passage.identity)


def _meaning_of_heading(visit: Visit, town: Town) -> None:
    section = town.draft.sections.exclude(title="")[0]
    slug = town.draft.strategy.slug
    visit.open("strategy:recognised_heading", slug, town.draft.number, section.identity)


def _with_basket(visit: Visit, town: Town) -> None:
    visit.open("contributions:comment", town.current.slug, 1)
    if visit.page.locator("textarea[name=text]").input_value() == "":
        visit.page.locator("textarea[name=text]").fill("نحتاج إلى دروس مسائية.\n\nAuch für Eltern.")
        visit.page.locator("button[name=then]").click()
    visit.open("contributions:basket", town.current.slug)


def _with_other_words(visit: Visit, town: Town) -> None:
    visit.open("contributions:comment", town.current.slug, 2)
    if visit.page.locator("textarea[name=text]").input_value() == "":
        visit.page.locator("summary:has(+ * textarea[name=suggestion])").click()
        visit.page.locator("textarea[name=text]").fill("Das ist zu unbestimmt.")
        words = visit.page.locator("textarea[name=suggestion]")
        words.fill(words.input_value() + " Der Kreis berichtet jährlich.")
        visit.page.locator("button[name=then]").click()
    visit.open("contributions:basket", town.current.slug)


def _share(visit: Visit, town: Town) -> None:
    _with_basket(visit, town)
    visit.page.locator("section.carry-on .kern-btn").click()
    visit.page.locator(".come-back__address").wait_for()


def _bad_file(visit: Visit, town: Town) -> None:
    _with_basket(visit, town)
    bad = {"name": "Programm.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"}
    good = {"name": "Stellungnahme.txt", "mimeType": "text/plain", "buffer": b"Wir sind dafuer."}
    visit.page.locator("input[type=file]").set_input_files([bad, good])  # type: ignore[list-item]
    visit.page.locator("button[name=attach]").click()
    visit.page.locator("#errors").wait_for()


def _end_workshop(visit: Visit, town: Town) -> None:
    visit.open("contributions:workshop", town.current.slug, town.workshop.pk)
    visit.page.locator("button[name=end]").click()
    visit.page.locator("button[name=sure]").wait_for()


def _record_mail(visit: Visit, town: Town) -> None:
    visit.open("contributions:record", town.closed.slug, mail=town.mail.pk)


def _table(*, takes_in: bool) -> Way:
    def go(visit: Visit, town: Town) -> None:
        visit.open("contributions:import", town.closed.slug)
        rows = f"text;passage;id\nMehr Busse;1;{visit.language}-{takes_in}\nNoch etwas;999;2\n"
        file = {"name": "Tabelle.csv", "mimeType": "text/csv", "buffer": rows.encode()}
        visit.page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
        visit.page.locator("main .kern-btn--primary").click()
        visit.page.locator("input[name=held]").wait_for(state="attached")
        if takes_in:
            visit.page.locator("main .kern-btn--primary").click()
            visit.page.locator("main [role=status]").wait_for()

    return go


def _office_basket(visit: Visit, town: Town) -> None:
    visit.open("consultation:office", town.office_secrets[2])
    visit.open("contributions:comment", town.round.slug, 1)
    if visit.page.locator("textarea[name=text]").input_value() == "":
        visit.page.locator("textarea[name=text]").fill("Bitte die Frist auf zwei Tage ändern.")
        visit.page.locator("button[name=then]").click()
    visit.open("contributions:basket", town.round.slug)


def _read_as_office(visit: Visit, town: Town) -> None:
    visit.open("consultation:office", town.office_secrets[2])
    visit.open("consultation:read", town.round.slug)


def _confirm_round(visit: Visit, town: Town) -> None:
    visit.open("consultation:round_start", town.draft.strategy.slug, 1)
    visit.page.locator("textarea[name=others]").fill("Kreisjugendring; Frau Blum; b@x.example")
    visit.page.locator("main form[method=post] .kern-btn--primary").click()
    visit.page.locator("button[name=confirmed]").wait_for()


def _basket_of_a_colleague(visit: Visit, town: Town) -> None:
    visit.open("consultation:office", town.colleague_secret)
    visit.open("contributions:comment", town.round.slug, 2)
    comment = visit.page.locator("textarea[name=text]")
    if comment.input_value() == "":
        comment.fill("Aus dem Fachdienst: bitte die Zahlen von 2025.")
        visit.page.locator("button[name=then]").click()
    visit.open("contributions:basket", town.round.slug)


def _change(visit: Visit, town: Town) -> None:
    passage = town.third.passages.order_by("position")[3]
    visit.open("evaluation:change", town.closed.slug, passage.identity)


def _no_change(visit: Visit, town: Town) -> None:
    _change(visit, town)
    visit.page.locator("form.carry-out textarea").fill("")
    visit.page.locator("main form.carry-out").evaluate("form => form.noValidate = true")
    visit.page.locator("main form.carry-out .kern-btn--primary").click()
    visit.page.locator("#errors").wait_for()


def _no_answer(visit: Visit, town: Town) -> None:
    visit.open("evaluation:point", town.closed.slug, town.points[4].pk)
    visit.page.locator("button[name=act][value=hand_in]").click()
    visit.page.locator("#errors").wait_for()


def _ticked_nowhere(visit: Visit, town: Town) -> None:
    visit.open("evaluation:split-proposal", *(_value(town, key) for key in PAPER))
    ticked = visit.page.locator("input[name=border]:checked")
    while ticked.count():
        ticked.first.uncheck()
    visit.page.locator("main form .kern-btn--primary").first.click()
    visit.page.locator("#errors").wait_for()


def _black_out_nothing(visit: Visit, town: Town) -> None:
    visit.open("contributions:review", town.long.consultation.slug)
    item = visit.page.locator("article.review").first
    item.locator("details > summary").first.click()
    item.locator("textarea").first.fill("steht da nicht")
    item.locator("button[value=publish]").click()
    visit.page.locator("#errors").wait_for()


def _bad_login(visit: Visit, town: Town) -> None:
    visit.open("accounts:login")
    visit.page.locator("main input[name=login]").fill("niemand")
    visit.page.locator("main input[name=password]").fill("falsch")
    visit.page.locator("main .kern-btn--primary").click()
    visit.page.locator("#errors").wait_for()


def _confirm(visit: Visit, town: Town) -> None:
    visit.open("strategy:act", town.slug, 3, do="freeze-for_decision")


def _late_comment(visit: Visit, town: Town) -> None:
    visit.open("contributions:comment", town.closed.slug, 2)


def _receipt(which: str) -> Way:
    return _at("contributions:receipt", f"{which}.secret")


NOTING = "main form:has(textarea[name=text])"


def _check_a_receipt(visit: Visit, town: Town) -> None:
    visit.open("publishing:log")
    visit.page.locator("#check button").click()
    visit.page.locator("#results p:not([hidden])").wait_for()


PAPER = ("current.slug", "association.pk")
ERASED, ASKED = "log.erased.contribution.number", "log.asked.contribution.number"
AGAIN = ("again.strategy.slug", "again.number")
LONG_DRAFT = "long.consultation.slug"
LONG = ("long.consultation.edition.strategy.slug", "long.consultation.edition.number")

PUBLIC = (
    Stop("portal", VISITOR, _at("publishing:portal")),
    Stop("written page", VISITOR, _at("publishing:page", "imprint")),
    Stop("unwritten page", VISITOR, _at("publishing:page", "privacy")),
    Stop("papers", VISITOR, _at("strategy:list")),
    Stop("edition", VISITOR, _at("strategy:edition", "slug", "2")),
    Stop("passage with its line", VISITOR, _at("strategy:passage", "slug", "2", "19")),
    Stop("print page", VISITOR, _at("strategy:print", "slug", "2")),
    Stop("print page with room", VISITOR, _at("strategy:print", "slug", "2", room="1")),
    Stop("contents of a long paper", VISITOR, _at("strategy:edition", *LONG)),
    Stop("section of a long paper", VISITOR, _at("strategy:section", *LONG, "long.position")),
    Stop("long paper as a whole", VISITOR, _at("strategy:whole", *LONG)),
    Stop("contents of a long draft", VISITOR, _at("consultation:read", LONG_DRAFT)),
    Stop(
        "section of a long draft", VISITOR, _at("consultation:section", LONG_DRAFT, "long.position")
    ),
    Stop("search", VISITOR, _at("search:results")),
    Stop("found", VISITOR, _at("search:results", q="Betreuungsplatz")),
    Stop("found for staff", OFFICER, _at("search:results", q="Ziel", edition="all")),
    Stop("nothing found", VISITOR, _at("search:results", q="Xylophon", kind="goal")),
    Stop("changes side by side", VISITOR, _at("strategy:changes", "slug", "2", show="all")),
    Stop("changes in one text", VISITOR, _at("strategy:changes", "slug", "2", view="inline")),
    Stop("no changes yet", VISITOR, _at("strategy:changes", "slug", "1")),
    Stop("consultations", VISITOR, _at("consultation:list")),
    Stop("open draft", VISITOR, _at("consultation:read", "current.slug")),
    Stop("closed draft", VISITOR, _at("consultation:read", "closed.slug")),
    Stop("invitation", VISITOR, _at("consultation:invitation", "invited.slug", "invited.key")),
    Stop("comment", VISITOR, _at("contributions:comment", "current.slug", "2")),
    Stop("comment empty", VISITOR, _empty(_at("contributions:whole", "current.slug"))),
    Stop("comment too late", VISITOR, _late_comment),
    Stop("empty basket", VISITOR, _at("contributions:basket", "closed.slug")),
    Stop("basket", VISITOR, _with_basket),
    Stop("basket with other words", VISITOR, _with_other_words),
    Stop("basket with files", VISITOR, _bad_file),
    Stop("bring a draft", VISITOR, _at("contributions:written_draft", "current.slug")),
    Stop("bring nothing", VISITOR, _empty(_at("contributions:written_draft", "current.slug"))),
    Stop("link to continue", VISITOR, _share),
    Stop(
        "continue a contribution",
        VISITOR,
        _at("contributions:carry_on", "current.slug", "share_key"),
    ),
    Stop("screen of a workshop", VISITOR, _at("contributions:screen", "workshop.pk", "screen_key")),
    Stop("link that is over", VISITOR, _at("contributions:carry_on", "current.slug", "0")),
    Stop("basket without speaker", VISITOR, _empty(_with_basket, "form.sending")),
    Stop("receipt open", VISITOR, _receipt("waiting")),
    Stop("receipt answered", VISITOR, _receipt("answered")),
    Stop("receipt of what was erased", VISITOR, _receipt("log.erased")),
    Stop("objection", VISITOR, _at("contributions:objection", "log.asked.secret", "1")),
    Stop(
        "objection empty",
        VISITOR,
        _empty(_at("contributions:objection", "log.asked.secret", "1")),
    ),
    Stop("rules", VISITOR, _at("publishing:page", "netiquette")),
    Stop("public log", VISITOR, _at("publishing:log")),
    Stop("a receipt checked", VISITOR, _check_a_receipt),
    Stop("office's page", VISITOR, _at("consultation:office", "office_secrets.2")),
    Stop("office's page answered", VISITOR, _at("consultation:office", "office_secrets.0")),
    Stop(
        "office's page after a nil return", VISITOR, _at("consultation:office", "office_secrets.1")
    ),
    Stop("draft of an office", VISITOR, _read_as_office),
    Stop("basket of an office", VISITOR, _office_basket),
    Stop("answers", VISITOR, _at("evaluation:overview", "closed.slug")),
    Stop("published", VISITOR, _at("contributions:published", "closed.slug")),
    Stop(
        "published narrowed", VISITOR, _at("contributions:published", "closed.slug", q="Lesepaten")
    ),
    Stop("nothing published", VISITOR, _at("contributions:published", "current.slug")),
    Stop("who took part", VISITOR, _at("contributions:statistics", "closed.slug")),
    Stop("who takes part", VISITOR, _at("contributions:statistics", "current.slug")),
    Stop("no answers yet", VISITOR, _at("evaluation:overview", "current.slug")),
    Stop("no such page", VISITOR, _at("strategy:edition", "nowhere", "9")),
    Stop("login", VISITOR, _at("accounts:login")),
    Stop("login wrong", VISITOR, _bad_login),
)
STAFF = (
    Stop("today", OFFICER, _at("desk:today")),
    Stop("today of the reviewer", REVIEWER, _at("desk:today")),
    Stop("today of a department", DEPARTMENT, _at("desk:today")),
    Stop("note empty", OFFICER, _empty(_at("desk:write"))),
    Stop("papers in work", OFFICER, _at("strategy:desk")),
    Stop("import", OFFICER, _at("strategy:import")),
    Stop("import of nothing", OFFICER, _empty(_at("strategy:import"))),
    Stop("import result", OFFICER, _at("strategy:edit", "draft.strategy.slug", "1")),
    Stop("draft looked over", OFFICER, _at("strategy:preview", "preview.key")),
    Stop("draft, the unsure", OFFICER, _at("strategy:preview", "preview.key", show="unsure")),
    Stop("draft, left out", OFFICER, _left_out),
    Stop("draft without a title", OFFICER, _untitled),
    Stop("correct a place", OFFICER, _unsure_place),
    Stop("correct a heading", OFFICER, _at("strategy:preview_place", "preview.key", "1")),
    Stop("mark nothing", OFFICER, _mark_nothing),
    Stop("store a draft", OFFICER, _at("strategy:preview_keep", "preview.key")),
    Stop("store without a title", OFFICER, _empty(_at("strategy:preview_keep", "preview.key"))),
    Stop("origin of a draft", OFFICER, _at("strategy:preview_lineage", "preview.key")),
    Stop("throw a draft away", OFFICER, _at("strategy:preview_drop", "preview.key")),
    Stop("meaning of a passage", OFFICER, _meaning),
    Stop("meaning of a heading", OFFICER, _meaning_of_heading),
    Stop("origins to decide", OFFICER, _at("strategy:descent", *AGAIN)),
    Stop("origins to confirm", OFFICER, _at("strategy:descent", *AGAIN, part="sure")),
    Stop("reasons to give", OFFICER, _at("strategy:descent", *AGAIN, part="gone")),
    Stop("changes with moved sections", OFFICER, _at("strategy:changes", *AGAIN)),
    Stop("frozen edition", OFFICER, _at("strategy:edit", "slug", "1")),
    Stop("edit a passage", OFFICER, _first_passage("draft")),
    Stop(
        "edit to nothing", OFFICER, _empty(_first_passage("draft"), "main form:has(#change_text)")
    ),
    Stop("edit with footnote", OFFICER, _worked("passage_edit", "changed")),
    Stop("edit a table", OFFICER, _worked("passage_edit", "table")),
    Stop("edit a picture", OFFICER, _worked("passage_edit", "picture")),
    Stop("add a picture", OFFICER, _worked("add_picture", "changed")),
    Stop("two texts", OFFICER, _worked("passage_edit", "contested")),
    Stop("history of a passage", OFFICER, _worked("versions", "contested")),
    Stop("remarks on a passage", DEPARTMENT, _worked("remarks", "changed")),
    Stop("open remarks", DEPARTMENT, _at("strategy:all_remarks", "draft.strategy.slug", "1")),
    Stop("dropped passages", OFFICER, _at("strategy:dropped", "draft.strategy.slug", "1")),
    Stop("outline", OFFICER, _at("strategy:outline", "draft.strategy.slug", "1")),
    Stop("arrange a section", OFFICER, _worked("section_edit", "section")),
    Stop("next step", OFFICER, _at("strategy:act", "slug", "3")),
    Stop("confirm", OFFICER, _confirm),
    Stop("open a consultation", OFFICER, _at("consultation:open", "draft.strategy.slug", "1")),
    Stop(
        "open without a title",
        OFFICER,
        _empty(_at("consultation:open", "draft.strategy.slug", "1")),
    ),
    Stop("consultations in work", OFFICER, _at("consultation:work")),
    Stop("manage", OFFICER, _at("consultation:manage", "closed.slug")),
    Stop("manage by invitation", OFFICER, _at("consultation:manage", "invited.slug")),
    Stop("start a round", OFFICER, _at("consultation:round_start", "draft.strategy.slug", "1")),
    Stop(
        "start a round of nobody",
        OFFICER,
        _empty(_at("consultation:round_start", "draft.strategy.slug", "1")),
    ),
    Stop("confirm a round", OFFICER, _confirm_round),
    Stop("round", OFFICER, _at("consultation:round", "round.slug")),
    Stop("round of a department", DEPARTMENT, _at("consultation:round", "round.slug")),
    Stop("round narrowed", OFFICER, _at("consultation:round", "round.slug", state="opened")),
    Stop("manage a round", OFFICER, _at("consultation:manage", "round.slug")),
    Stop("ask nobody more", OFFICER, _empty(_at("consultation:round_invite", "round.slug"))),
    Stop("invited office", OFFICER, _at("consultation:invited", "invitations.2.pk")),
    Stop("letter to an office", OFFICER, _at("consultation:letter", "invitations.3.pk")),
    Stop("record an office's answer", OFFICER, _at("contributions:record", "round.slug")),
    Stop("close early", OFFICER, _at("consultation:close", "current.slug")),
    Stop("check before publishing", OFFICER, _at("contributions:review", LONG_DRAFT)),
    Stop("black out what is not there", OFFICER, _black_out_nothing),
    Stop(
        "published, to take back",
        OFFICER,
        _at("contributions:review", "closed.slug", show="published"),
    ),
    Stop("objections", OFFICER, _at("contributions:review", "closed.slug", show="contested")),
    Stop("withheld", OFFICER, _at("contributions:review", "closed.slug", show="withheld")),
    Stop("inbox", OFFICER, _at("contributions:inbox", "closed.slug")),
    Stop("original", OFFICER, _at("contributions:original", "contribution.number")),
    Stop("read in a draft", OFFICER, _at("contributions:returned", "closed.slug")),
    Stop("read in nothing", OFFICER, _empty(_at("contributions:returned", "closed.slug"))),
    Stop("workshops", OFFICER, _at("contributions:workshops", "current.slug")),
    Stop(
        "workshop without a name",
        OFFICER,
        _empty(_at("contributions:workshops", "current.slug")),
    ),
    Stop("workshop", OFFICER, _at("contributions:workshop", "current.slug", "workshop.pk")),
    Stop(
        "nothing said",
        OFFICER,
        _empty(_at("contributions:workshop", "current.slug", "workshop.pk"), NOTING),
    ),
    Stop("end a workshop", OFFICER, _end_workshop),
    Stop("mails", OFFICER, _at("contributions:mails")),
    Stop("mails set aside", OFFICER, _at("contributions:mails", state="aside")),
    Stop("mail", OFFICER, _at("contributions:mail", "mail.pk")),
    Stop("record a mail", OFFICER, _record_mail),
    Stop("take in a table", OFFICER, _at("contributions:import", "closed.slug")),
    Stop("take in no table", OFFICER, _empty(_at("contributions:import", "closed.slug"))),
    Stop("rows looked at", OFFICER, _table(takes_in=False)),
    Stop("rows taken in", OFFICER, _table(takes_in=True)),
    Stop("original erased", OFFICER, _at("contributions:original", ERASED)),
    Stop("erase", OFFICER, _at("contributions:erase", "contribution.number")),
    Stop(
        "erase without a ground",
        OFFICER,
        _empty(_at("contributions:erase", "contribution.number")),
    ),
    Stop("own erasure", OFFICER, _at("contributions:erase", ASKED)),
    Stop("erasure to confirm", REVIEWER, _at("contributions:erase", ASKED)),
    Stop("record", OFFICER, _at("contributions:record", "closed.slug")),
    Stop(
        "record nothing",
        OFFICER,
        _empty(_at("contributions:record", "closed.slug"), "main form[enctype]"),
    ),
    Stop("answers to choose", OFFICER, _at("evaluation:consultations")),
    Stop("queue", OFFICER, _at("evaluation:queue", "closed.slug")),
    Stop("queue narrowed", OFFICER, _at("evaluation:queue", "closed.slug", q="nirgends")),
    Stop(
        "queue with filters",
        OFFICER,
        _at("evaluation:queue", "closed.slug", due="none", kind="club"),
    ),
    Stop("saved view", OFFICER, _at("evaluation:view", "closed.slug", "view.pk")),
    Stop("progress of the answers", OFFICER, _at("evaluation:progress", "closed.slug")),
    Stop(
        "history of a point",
        OFFICER,
        _at("evaluation:point", "closed.slug", "points.2.pk", history="1"),
    ),
    Stop("queue of a department", DEPARTMENT, _at("evaluation:queue", "closed.slug")),
    Stop("point answered", OFFICER, _at("evaluation:point", "closed.slug", "points.2.pk")),
    Stop("point grouped", OFFICER, _at("evaluation:point", "closed.slug", "points.5.pk")),
    Stop("points together", OFFICER, _at("evaluation:together", "closed.slug", all="1")),
    Stop("topics", OFFICER, _at("evaluation:topics", "closed.slug")),
    Stop("points alike", OFFICER, _at("evaluation:alike", "closed.slug")),
    Stop("boilerplates", OFFICER, _at("evaluation:boilerplates", "closed.slug")),
    Stop("boilerplate", OFFICER, _at("evaluation:boilerplate", "closed.slug", "boilerplate.pk")),
    Stop("point waiting", REVIEWER, _at("evaluation:point", "closed.slug", "points.1.pk")),
    Stop("point given back", OFFICER, _at("evaluation:point", "closed.slug", "points.3.pk")),
    Stop("point to split", OFFICER, _at("evaluation:point", "closed.slug", "points.4.pk", split=1)),
    Stop("split by proposal", OFFICER, _at("evaluation:split-proposal", *PAPER)),
    Stop("split as ticked nowhere", OFFICER, _ticked_nowhere),
    Stop("no proposal", OFFICER, _at("evaluation:split-proposal", "closed.slug", "points.4.pk")),
    Stop("answer empty", OFFICER, _no_answer),
    Stop("changes to carry out", OFFICER, _at("evaluation:changes", "closed.slug")),
    Stop("change a passage", OFFICER, _change),
    Stop("change to nothing", OFFICER, _no_change),
    Stop("refusal", DEPARTMENT, _at("evaluation:point", "closed.slug", "points.3.pk")),
    Stop("account", OFFICER, _at("accounts:own")),
    Stop("password wrong", OFFICER, _empty(_at("accounts:password"))),
    Stop("deputies", OFFICER, _at("accounts:deputies")),
    Stop("set-up", OFFICER, _at("accounts:setup")),
    Stop("people", OFFICER, _at("accounts:people")),
    Stop("person", OFFICER, _at("accounts:person", "reviewer.pk")),
    Stop("add nobody", OFFICER, _empty(_at("accounts:person_add"))),
    Stop("offices", OFFICER, _at("accounts:offices")),
    Stop("county", OFFICER, _at("accounts:county")),
    Stop("document templates", OFFICER, _at("accounts:documents")),
    Stop("no document chosen", OFFICER, _empty(_at("accounts:documents"))),
    Stop("county without a name", OFFICER, _empty(_at("accounts:county"))),
    Stop("own pages", OFFICER, _at("accounts:pages")),
    Stop("edit a page", OFFICER, _at("accounts:page_edit", "imprint", "de")),
    Stop("journal", REVIEWER, _at("accounts:journal", check=1)),
)
SPOKEN = (
    Stop("languages", OFFICER, _at("strategy:languages", "slug", "2")),
    Stop("a language", OFFICER, _at("strategy:language", "slug", "2", "ar")),
    Stop("a language of a department", DEPARTMENT, _at("strategy:language", "slug", "2", "uk")),
    Stop("translate", OFFICER, one_text("fa", 1)),
    Stop("translate what changed", REVIEWER, one_text("en", 6)),
    Stop("translate nothing", OFFICER, _empty(one_text("ar", 2), "main form:has(#id_text)")),
    Stop("a table came back", OFFICER, bring_a_table),
)
HIDDEN, LISTED = "register.hidden.identity", "register.public.identity"
NETWORK = (
    Stop("organisations", VISITOR, _at("network:list")),
    Stop("no such organisation", VISITOR, _at("network:list", q="nirgends", town="X")),
    Stop("public organisation", VISITOR, _at("network:public", LISTED)),
    Stop("report a change", VISITOR, _at("network:report_change", LISTED)),
    Stop("report nothing", VISITOR, _empty(_at("network:report_change", LISTED))),
    Stop("check an entry", VISITOR, _at("network:check", "register.secret")),
    Stop("change an entry", VISITOR, _at("network:check", "register.secret", change=1)),
    Stop("network", OFFICER, _at("network:work")),
    Stop("network of a department", DEPARTMENT, _at("network:work", language="ar")),
    Stop("organisation", OFFICER, _at("network:organization", LISTED)),
    Stop("hidden organisation", DEPARTMENT, _at("network:organization", HIDDEN)),
    Stop("add no organisation", OFFICER, _empty(_at("network:add"))),
    Stop("edit an organisation", OFFICER, _at("network:edit", HIDDEN)),
    Stop("choose whom to merge", OFFICER, _at("network:merge", HIDDEN, q="frauen")),
    Stop("merge", OFFICER, _at("network:merge", HIDDEN, **{"with": LISTED})),
    Stop("add no person", OFFICER, _empty(_at("network:contact_add", HIDDEN))),
    Stop("erase a person", OFFICER, _at("network:contact_forget", "register.person.pk")),
    Stop("record a consent", OFFICER, _at("network:consent", LISTED)),
    Stop("reports", OFFICER, _at("network:reports")),
    Stop("report", OFFICER, _at("network:report", "register.report.pk")),
    Stop("message only", OFFICER, _at("network:report", "register.noted.pk")),
    Stop("refuse without a reason", OFFICER, refuse_without_reason),
    Stop("still right", OFFICER, _at("network:round")),
    Stop("bodies", OFFICER, _at("network:bodies")),
    Stop("body", OFFICER, _at("network:body", "register.body.pk")),
    Stop("add no body", OFFICER, _empty(_at("network:body_add"))),
    Stop("give no seat", OFFICER, _empty(_at("network:seat", "register.body.pk"))),
    Stop("import organisations", OFFICER, _at("network:import")),
    Stop("no table chosen", OFFICER, _empty(_at("network:import"))),
    Stop("a table looked over", OFFICER, bring_register),
)
ASKING = (
    Stop("survey", VISITOR, _at("consultation:read", "asking.survey.slug")),
    Stop("questions", VISITOR, _at("contributions:questions", "asking.survey.slug")),
    Stop("questions unanswered", VISITOR, answer_nothing),
    Stop("basket with answers", VISITOR, answer_some),
    Stop("survey to come", VISITOR, _at("consultation:read", "asking.planned.slug")),
    Stop("survey that is over", VISITOR, _at("consultation:read", "asking.over.slug")),
    Stop("results", VISITOR, _at("contributions:results_shown", "asking.over.slug")),
    Stop("office's page of a colleague", VISITOR, _at("consultation:office", "colleague_secret")),
    Stop("basket of a colleague", VISITOR, _basket_of_a_colleague),
    Stop("ask before a draft", OFFICER, _at("consultation:gather")),
    Stop("ask without a title", OFFICER, _empty(_at("consultation:gather"))),
    Stop("questions in work", OFFICER, _at("consultation:questions", "asking.planned.slug")),
    Stop(
        "questions in another language",
        OFFICER,
        _at("consultation:question_language", "asking.survey.slug", "ar"),
    ),
    Stop(
        "words of a question",
        OFFICER,
        _at("consultation:question_words", "asking.survey.slug", "ar", "asking.translated.pk"),
    ),
    Stop("questions that stay", DEPARTMENT, _at("consultation:questions", "asking.survey.slug")),
    Stop(
        "change a question",
        OFFICER,
        _at("consultation:question_change", "asking.planned.slug", "asking.question.pk"),
    ),
    Stop(
        "add no question", OFFICER, _empty(_at("consultation:question_add", "asking.planned.slug"))
    ),
    Stop("results for staff", REVIEWER, _at("contributions:results", "asking.survey.slug")),
    Stop("original with answers", OFFICER, _at("contributions:original", "asking.number")),
    Stop("record answers", OFFICER, _at("contributions:record", "asking.survey.slug")),
    Stop("manage a survey", OFFICER, _at("consultation:manage", "asking.survey.slug")),
    Stop("extend", OFFICER, _at("consultation:extend", "asking.survey.slug")),
    Stop(
        "extend without a reason", OFFICER, _empty(_at("consultation:extend", "asking.survey.slug"))
    ),
    Stop("next round", OFFICER, _at("consultation:next_round", "round.slug")),
    Stop("timetables", DEPARTMENT, _at("consultation:timetables")),
    Stop(
        "timetable that does not fit",
        OFFICER,
        _at("consultation:timetable", "asking.strategy.slug"),
    ),
    Stop("no timetable yet", OFFICER, _at("consultation:timetable", "slug")),
    Stop(
        "timetable without days",
        OFFICER,
        _empty(_at("consultation:timetable", "asking.strategy.slug")),
    ),
)


def _pass_on_nothing(visit: Visit, town: Town) -> None:
    visit.open("evaluation:passed_on", town.closed.slug, town.points[3].pk)
    form = visit.page.locator("form:has(#reply_text)")
    form.evaluate("form => form.noValidate = true")
    form.locator(".kern-btn--primary").click()
    visit.page.locator("#errors").wait_for()


ACCOUNT = (
    Stop("report of participation", VISITOR, _at("evaluation:released_report", "closed.slug")),
    Stop("report in work", OFFICER, _at("evaluation:report", "closed.slug")),
    Stop("report of the reviewer", REVIEWER, _at("evaluation:report", "closed.slug")),
    Stop("report of nothing", OFFICER, _at("evaluation:report", "invited.slug")),
    Stop("passed on", OFFICER, _at("evaluation:passed_on", "closed.slug", "points.3.pk")),
    Stop("no reply typed", OFFICER, _pass_on_nothing),
    Stop("answer in Arabic", OFFICER, _at("evaluation:translation", "closed.slug", "points.2.pk")),
    Stop("later", OFFICER, _at("evaluation:carried_on", "closed.slug")),
    Stop(
        "elsewhere",
        OFFICER,
        _at("evaluation:carried_on", "closed.slug", what="not_responsible"),
    ),
)
WEIGHING = (Stop("nothing alike", OFFICER, _at("evaluation:alike", "current.slug")),)
WAITING, BACK = "delegated.waiting.pk", "delegated.back.pk"
ADVISED = "delegated.advised.pk"
DELEGATED = (
    Stop("asked about points", VISITOR, _at("evaluation:asked", "delegated.waiting_secret")),
    Stop("nothing handed in", VISITOR, hand_in_nothing),
    Stop("handed in", VISITOR, _at("evaluation:asked", "delegated.back_secret")),
    Stop("asked and too late", VISITOR, _at("evaluation:asked", "delegated.late_secret")),
    Stop("address that ended", VISITOR, _at("evaluation:asked", "0")),
    Stop("ask others", OFFICER, _at("evaluation:ask", "closed.slug", points="delegated.choice")),
    Stop("ask nobody", OFFICER, ask_nobody),
    Stop("asked, waiting", OFFICER, _at("evaluation:delegation", "closed.slug", WAITING)),
    Stop("asked, came back", OFFICER, _at("evaluation:delegation", "closed.slug", BACK)),
    Stop("point with advice", OFFICER, _at("evaluation:point", "closed.slug", ADVISED)),
    Stop("who has what", OFFICER, _at("evaluation:load", "closed.slug")),
    Stop("nobody has anything", OFFICER, _at("evaluation:load", "invited.slug")),
    Stop("queue at others", OFFICER, _at("evaluation:queue", "closed.slug", asked="waiting")),
)
OVERVIEW = (
    Stop("overview of answers", OFFICER, _at("evaluation:states", "closed.slug")),
    Stop("overview of a department", DEPARTMENT, _at("evaluation:states", "closed.slug")),
    Stop("file that can't be made", OFFICER, _at("evaluation:file", "closed.slug", format="exe")),
    Stop("final notices", OFFICER, _at("evaluation:notices", "closed.slug")),
    Stop("nobody to tell", OFFICER, _at("evaluation:notices", "current.slug")),
    Stop("frozen overview", VISITOR, _at("evaluation:published", "closed.slug", "1")),
    Stop(
        "frozen overview by topic",
        VISITOR,
        _at("evaluation:published", "closed.slug", "1", order="topic"),
    ),
)
TOPICS = (Stop("no topics yet", OFFICER, _at("evaluation:topics", "current.slug")),)
ALL = (
    PUBLIC + STAFF + SPOKEN + NETWORK + ASKING + WEIGHING + ACCOUNT + DELEGATED + OVERVIEW + TOPICS
)
EMPTY = (
    Stop("empty portal", VISITOR, _at("publishing:portal")),
    Stop("empty public log", VISITOR, _at("publishing:log")),
    Stop("empty papers", VISITOR, _at("strategy:list")),
    Stop("empty consultations", VISITOR, _at("consultation:list")),
    Stop("empty today", OFFICER, _at("desk:today")),
    Stop("empty papers in work", OFFICER, _at("strategy:desk")),
    Stop("empty consultations in work", OFFICER, _at("consultation:work")),
    Stop("empty answers", OFFICER, _at("evaluation:consultations")),
    Stop("empty organisations", VISITOR, _at("network:list")),
    Stop("empty network", OFFICER, _at("network:work")),
    Stop("empty journal", OFFICER, _at("accounts:journal")),
)
