"""What is wrong with a step about another thing, an agenda or a way of counting is told at its place."""

import pytest

from governance.faults import Fault, RuleError
from governance.files import parse_document, read_folder
from governance.parsing import parse_rulebook
from tests.bolig_book import FOLDER
from tests.unit.garden import without_mark

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
SEATS, MEETINGS, PROPOSALS, BOOK_FILE = "seats.yaml", "meetings.yaml", "proposals.yaml", "rulebook.yaml"
CLOSE = "        act: slutning\n"
VOTE = "        act: stemme\n        adds: "
SEND = "        act: udsendelse\n"
FROM_TO = "inputs: [{fact: organisation}, {fact: from}, {fact: to}]"
CLOSES = "requires: {fact: on, of: request, no_later_than: {fact: closes, of: round}}"
IN_A_ROW = "requires: {fact: consecutive, of: term, at_most: 2}"
IN_HASTE = "kinds: [forslag, del], states: [hastebesluttet]"
PART = "      - {id: del, label: {da: del af et arbejde, en: part of a work}}\n"


def faults_in(**texts: str) -> list[Fault]:
    """Everything wrong with the statutes once the texts of some files are others."""
    documents = [parse_document(name, text.encode()) for name, text in (TEXTS | texts).items()]
    try:
        parse_rulebook(documents, "0" * 64)
    except RuleError as error:
        return list(error.faults)
    return []


def told(file: str, old: str, new: str) -> tuple[list[Fault], tuple[int, int]]:
    """What is told once a passage is changed, and where its mark stands."""
    assert TEXTS[file].count(old) == 1, (old, TEXTS[file].count(old))
    text, place = without_mark(TEXTS[file].replace(old, new))
    return faults_in(**{file: text}), place


FAULTS = [
    # a step about another thing
    ("unknown-row", SEATS, "adds: call", "adds: ¤meeting"),
    ("unknown-row", SEATS, "adds: deputy", "adds: ¤deputies"),
    ("unknown-row", SEATS, "adds: term", "adds: ¤terms"),
    ("unknown-row", MEETINGS, f"{VOTE}ballot", f"{VOTE}¤ballots"),
    ("unknown-row", SEATS, "ends: term", "ends: ¤deputy"),
    ("unknown-key", SEATS, "adds: term", "¤add: term"),
    ("unknown-key", SEATS, "ends: term", "¤end: term"),
    ("step-not-for-item", MEETINGS, CLOSE, f"{CLOSE}        adds: ¤term\n"),
    ("step-not-for-item", MEETINGS, CLOSE, f"{CLOSE}        adds: ¤consultation\n"),
    ("step-not-for-item", MEETINGS, CLOSE, f"{CLOSE}        ends: ¤term\n"),
    ("conflicting-keys", SEATS, "        ends: term\n", "        adds: term\n        ¤ends: term\n"),
    ("unknown-fact", SEATS, "inputs: [{fact: via}", "inputs: [{fact: ¤hold}"),
    ("unknown-fact", SEATS, FROM_TO, "inputs: [{fact: ¤consecutive}]"),
    ("unknown-fact", SEATS, "inputs: [{fact: last_day}]", "inputs: [{fact: ¤municipality}]"),
    ("unknown-fact", MEETINGS, CLOSES, "requires: {fact: ¤closing, of: ballot, is: ja}"),
    ("unknown-row", SEATS, IN_A_ROW, "requires: {fact: id, of: ¤call, is: x}"),
    ("wrong-type", MEETINGS, CLOSE, f"{CLOSE}        history: ¤ja\n"),
    ("unknown-key", MEETINGS, CLOSE, f"{CLOSE}        ¤histori: true\n"),
    # inputs
    ("wrong-type", SEATS, "again: true", "again: ¤ja"),
    ("kind-mismatch", SEATS, "default: {fact: on, of: request}", "default: ¤{fact: hold, of: seat}"),
    ("bad-date", SEATS, "default: {fact: on, of: request}", "default: ¤i morgen"),
    ("unknown-row", SEATS, "default: {fact: on, of: request}", "default: {fact: closes, of: ¤round}"),
    # a conclusion that takes a step of the item
    ("unknown-step", MEETINGS, "takes: beslut\n", "takes: ¤besluttt\n"),
    ("step-not-for-item", MEETINGS, "takes: beslut\n", "takes: ¤aabn\n"),
    ("step-not-for-item", MEETINGS, CLOSE, f"{CLOSE}        takes: ¤beslut\n"),
    ("step-not-for-item", PROPOSALS, SEND, f"{SEND}        takes: ¤beslut\n"),
    # acts and processes
    ("wrong-type", BOOK_FILE, "drops: true", "drops: ¤ja"),
    ("unknown-key", BOOK_FILE, "drops: true", "¤drop: true"),
    ("unknown-kind", PROPOSALS, PART, PART + "      - {id: ¤term, label: {da: x, en: x}}\n"),
    ("unknown-kind", PROPOSALS, PART, PART + "      - {id: ¤call, label: {da: x, en: x}}\n"),
    # the agenda
    ("unknown-kind", BOOK_FILE, "kinds: [forslag, del], states", "kinds: [forslag, ¤dele], states"),
    ("unknown-state", BOOK_FILE, "states: [hastebesluttet]", "states: [¤hastebeslutet]"),
    ("unknown-state", BOOK_FILE, "states: [hastebesluttet]", "states: [¤indkaldt]"),
    ("missing-key", BOOK_FILE, "kinds: [forslag, del], follow_up: true", "follow_up: ¤true"),
    ("missing-key", BOOK_FILE, IN_HASTE, "states: ¤[hastebesluttet]"),
    ("duplicate-id", BOOK_FILE, "{id: opfoelgning,", "{id: ¤velkomst,"),
    ("wrong-type", BOOK_FILE, "follow_up: true", "follow_up: ¤ja"),
    ("wrong-type", BOOK_FILE, "table: true", "table: ¤[pris]"),
    ("missing-key", BOOK_FILE, "{id: velkomst, label: {da: Velkomst, en: Welcome}}", "¤{id: velkomst}"),
    # counting
    ("unknown-word", BOOK_FILE, "method: approval", "method: ¤approvel"),
    ("unknown-word", BOOK_FILE, "blank: abstain", "blank: ¤abstein"),
    ("missing-key", BOOK_FILE, "    blank: shared\n", "", "id: den-lange-plan"),
    ("missing-key", BOOK_FILE, "    cast: rangordn\n", "", "id: den-lange-plan"),
    ("missing-key", BOOK_FILE, "    clause: B18\n", "", "id: aarets-arbejder"),
    ("unknown-clause", BOOK_FILE, "clause: B18", "clause: ¤B81"),
    ("conflicting-keys", BOOK_FILE, "blank: abstain", "blank: ¤shared"),
    ("conflicting-keys", BOOK_FILE, "blank: shared", "blank: ¤abstain"),
    ("conflicting-keys", BOOK_FILE, "    blank: abstain\n", "    blank: abstain\n    ¤most: 3\n"),
    ("conflicting-keys", BOOK_FILE, "    blank: shared\n", "    blank: shared\n    ¤budget: 10\n"),
    ("unknown-reading", BOOK_FILE, "{reading: aarets-antal}", "{reading: ¤aarets-tal}"),
    ("kind-mismatch", BOOK_FILE, "{reading: aarets-antal}", "{reading: aarets-antal, plus: ¤{days: 1}}"),
    ("kind-mismatch", BOOK_FILE, "{reading: aarets-antal}", "¤to"),
    ("unknown-step", BOOK_FILE, "cast: stem\n", "cast: ¤stemm\n"),
    ("unknown-step", BOOK_FILE, "cast: stem\n", "cast: ¤luk-runden\n"),
    ("unknown-step", BOOK_FILE, "cast: stem\n", "cast: stem\n    change: ¤vaelg\n"),
    ("unknown-fact", BOOK_FILE, "cast: stem\n", "cast: stem\n    total: ¤prisen\n"),
    ("duplicate-id", BOOK_FILE, "id: den-lange-plan", "id: ¤aarets-arbejder"),
]  # fmt: skip


def test_the_statutes_themselves_are_in_order():
    assert faults_in() == []
    assert len(read_folder(FOLDER)) == len(TEXTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}: {fault[3] or fault[2]}".strip())
def test_a_fault_is_told_with_its_code_at_its_place_and_nothing_else(fault):
    code, file, old, new, *at = fault
    if at:
        new = old = TEXTS[file][TEXTS[file].index(at[0]) : TEXTS[file].index(old) + len(old)]
        new = "¤" + new.replace(fault[2], "")
    found, place = told(file, old, new)
    assert [(each.code, each.file, each.line, each.column) for each in found] == [(code, file, *place)]
    assert found[0].message


def test_a_ballot_handed_to_a_meeting_is_none_that_a_round_counts():
    meetings = TEXTS[MEETINGS].replace(CLOSE, f"{CLOSE}        adds: ballot\n")
    assert faults_in(**{MEETINGS: meetings}) == []
    book = TEXTS[BOOK_FILE].replace("cast: stem\n", "cast: slut\n")
    (found,) = faults_in(**{MEETINGS: meetings, BOOK_FILE: book})
    assert (found.code, found.message) == (
        "unknown-step",
        "`slut` er ikke et trin, der giver en runde en stemmeseddel",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "help_"),
    [
        (
            BOOK_FILE,
            "blank: abstain",
            "blank: ¤shared",
            "`shared` hører ikke til metoden `approval`",
            "skriv `zero` eller `abstain`",
        ),
        (
            MEETINGS,
            CLOSE,
            f"{CLOSE}        adds: ¤term\n",
            "`term` kan ikke høre til `meeting`",
            "flyt trinnet, eller fjern `adds`",
        ),
        (
            MEETINGS,
            "takes: beslut\n",
            "takes: ¤aabn\n",
            "`aabn` er ikke et trin, en sag tager",
            "vælg et trin, en sag tager",
        ),
        (
            BOOK_FILE,
            "states: [hastebesluttet]",
            "states: [¤hastebeslutet]",
            "`hastebeslutet` er ikke en tilstand for de sagstyper",
            "mente du `hastebesluttet`?",
        ),
    ],
)
def test_a_message_says_what_is_wrong_and_the_help_what_would_be_right(file, old, new, message, help_):
    ((found,), _) = told(file, old, new)
    assert (found.message, found.help) == (message, help_)
