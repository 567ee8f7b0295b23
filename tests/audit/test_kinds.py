"""What no command would have stored is named, of whatever kind the event is."""

import pytest

from governance.service import add_item, correct, declare_complete, record_fact
from tests.audit.forging import event_of, forged, found
from tests.audit.record import exported

NO_RULES = "`rulebook` er ``, men skulle være et regelsæt i kraft på datoen"

OTHER = "`pris` har en værdi af en anden art"


def payload(**new):
    return lambda said, _line: said.update(new)


def column(**new):
    return lambda _said, line: line["event"].update(new)


def dated(day):
    return column(on_low=day, on_high=day)


def item(id_, kind, links=None):
    """An item where another event stood."""
    said = {"kind": kind, "title": {"text": ""}, "links": links or {}, "state": "ny"}

    def edit(old, line):
        old.clear()
        old.update(said)
        line["texts"] = [text for text in line["texts"] if text["place"] == "source"]
        line["event"] |= {"kind": "added", "entity": id_}

    return edit


CASES = {
    "a fact no rule knows": (
        4,
        payload(fact="hest"),
        "`fact` er `hest`, men skulle være en oplysning, reglerne",
    ),
    "a fact of another kind": (
        5,
        payload(value={"words": ["ja"], "scale": []}),
        OTHER,
    ),
    "a date for a number": (
        5,
        payload(value={"dates": ["2025-03-01", "2025-03-01"]}),
        OTHER,
    ),
    "a fact by no rules": (4, column(rulebook=""), NO_RULES),
    "a fact ahead of its day": (4, dated("2026-01-01"), "`on` er `2026-01-01`, men skulle være før"),
    "a fact before its item": (
        4,
        dated("2025-02-01"),
        "`on` er `2025-02-01`, men skulle være `>= 2025-03-01`",
    ),
    "a fact of no item": (4, column(entity="ÆØ-7"), "`entity` er `ÆØ-7`, men skulle være en, der f"),
    "complete before it was": (
        13,
        column(entity="ÆØ-7"),
        "`entity` er `ÆØ-7`, men skulle være en, der f",
    ),
    "complete ahead of its day": (
        13,
        dated("2026-01-01"),
        "`on` er `2026-01-01`, men skulle være før den blev",
    ),
    "complete by no rules": (13, column(rulebook=""), NO_RULES),
    "an item twice": (15, item("ÆØ-1", "sag"), "`entity` er `ÆØ-1`, men skulle være en, der ikke fandtes"),
    "an item of no kind": (
        14,
        payload(kind="hest"),
        "`kind` er `hest`, men skulle være en art, reglerne kender",
    ),
    "a track of nothing": (
        10,
        payload(links={"parent": "X"}),
        "`links.parent` er `X`, men skulle være en, der f",
    ),
    "a seat of no body": (
        2,
        payload(links={"body": "X"}),
        "`links.body` er `X`, men skulle være en, der f",
    ),
    "a refusal corrected": (8, payload(event=6), "`payload.event` er `6`, men skulle være ikke en afvisning"),
    "another fact put right": (8, payload(event=4), "er `pris`, men skulle være den oplysning, der rettes"),
    "corrected on another day": (8, dated("2025-02-28"), "`on` er `2025-02-28..2025-02-28`"),
    "an adoption of the past": (1, payload(**{"from": "2023-01-01"}), "`payload.from` er `2023-01-01`"),
    "an adoption by another name": (
        1,
        payload(id="andet"),
        "`payload.id` er `andet`, men skulle være `lauget`",
    ),
    "an adoption of another thing": (1, column(entity="regelsæt/x"), "`entity` er `regelsæt/x`, men skulle"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_no_command_would_have_stored_is_named(lines, case):
    of, edit, said = CASES[case]
    problems = found(forged(lines, event_of(of, edit)))
    assert any(place == f"begivenhed {of}" and said in text for place, text in problems), problems


def test_an_adoption_recorded_when_its_rules_had_begun_is_named(lines):
    def edit(line):
        if line["is"] == "event":
            line["event"]["recorded_at"] = line["event"]["recorded_at"].replace("2023-12-01", "2024-01-01")

    said = "`payload.from` er `2024-01-01`, men skulle være efter den dag, det blev taget i brug"
    assert found(forged(lines, edit)) == [("begivenhed 1", said)]


def test_what_was_corrected_before_cannot_be_corrected_again(own):
    wrong = record_fact(own, "ÆØ-2", "pris", "7", source="Et brev")
    correct(own, wrong.event, reason="Forkert")
    again = correct(own, 16 - 1, reason="Forkert")
    edit = event_of(again.event, payload(event=wrong.event))
    said = f"`payload.event` er `{wrong.event}`, men skulle være en, der ikke var rettet før"
    assert ("begivenhed 33", said) in found(forged(exported(own), edit))


def test_a_day_is_that_of_denmark(own):
    """Just before midnight in UTC it is the next day there, and that may be written."""
    own.now.at = own.now.at.replace(hour=23, minute=30)
    add_item(own, "ÆØ-6", "sag", "Ved midnat", on="2025-03-21")
    declare_complete(own, "ÆØ-6")
    assert found(exported(own)) == []
