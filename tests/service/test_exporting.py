"""What is written out can be taken in again, and is what was recorded."""

from dataclasses import replace

import pytest

from governance.model import RequestError, StepTaken
from governance.record import fold
from governance.service import add_item, advance, correct, export_table, import_table, record_fact
from tests.service.asking import everything, number_of
from tests.service.conftest import Clock, opened
from tests.service.tables import EVENTS, GROUP, ITEMS, taken, whole_group
from tests.unit.tables import whole

SUFFIXES = [".csv", ".xlsx", ".jsonl"]


def exported(gov, tmp_path, what, suffix=".csv", **more):
    """The rows of an export, by English headings."""
    path = tmp_path / f"{what}-out{suffix}"
    path.unlink(missing_ok=True)
    assert export_table(gov, what, path, language="en", **more) == len(whole(path).rows)
    return whole(path).rows


@pytest.fixture
def filled(each_gov, tmp_path):
    """A group, items and what happened to them."""
    whole_group(each_gov, tmp_path)
    taken(each_gov, tmp_path, "events", EVENTS)
    more = "sag;skridt;organ;dato;kilde;stemmer;person;begrundelse\n"
    more += "1765;prioriter;referencegruppen;2025-10-01;k;12;Anna Eksempel;aftalt\n"
    taken(each_gov, tmp_path, "events", more)
    return each_gov


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_written_is_taken_in_again_by_an_empty_record(filled, rulebooks, tmp_path, suffix, language):
    for what in ("items", "seats", "events", "ballots"):
        export_table(filled, what, tmp_path / f"{what}{suffix}", language=language)
    other = opened(f"sqlite:///{tmp_path / 'other.sqlite'}", rulebooks, Clock())
    taken(other, tmp_path, "meetings", GROUP["meetings"])
    for what, template in (
        ("items", "items"),
        ("seats", "seats"),
        ("seats", "terms"),
        ("events", "events"),
        ("ballots", "ballots"),
    ):
        view = import_table(other, tmp_path / f"{what}{suffix}", template)
        assert view.new > 0, template
        assert import_table(other, tmp_path / f"{what}{suffix}", template).new == 0
    before, after = fold(everything(filled).events), fold(everything(other).events)
    kinds = ("aendringsoenske", "seat", "term", "ballot")
    assert {id_ for id_, thing in before.items() if thing.kind in kinds} <= after.keys()
    for id_, thing in after.items():
        was = before[id_]
        assert (thing.kind, thing.title, thing.links, thing.state) == (
            was.kind,
            was.title,
            was.links,
            was.state,
        )
        assert {name: each.value for name, each in thing.facts.items()} == {
            name: each.value for name, each in was.facts.items()
        }
        assert thing.since == was.since
        assert [(act.step, act.body, act.on) for act in thing.acts] == [
            (act.step, act.body, act.on) for act in was.acts
        ]
    assert verdicts(filled) == verdicts(other)
    other.engine.dispose()


def verdicts(gov):
    """How each step was judged, without who did it: the other record has references of its own."""
    steps = [event for event in everything(gov).events if isinstance(event.payload, StepTaken)]
    return [(step.entity, step.payload.findings) for step in steps]


def test_events_say_who_what_and_how_they_were_judged(filled, tmp_path):
    rows = exported(filled, tmp_path, "events")
    assert [row["event"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    ordered = next(row for row in rows if row["step"] == "bestil")
    assert (ordered["item"], ordered["body"], ordered["on"]) == ("ÆØ-1754", "kombit", "2025-01-15")
    assert ordered["verdict"] == "unknown"
    assert "bestil/from" in ordered["unknown"].split()
    assert ordered["what"].startswith("Order")
    last = rows[-1]
    assert (last["person"], last["reason"], last["stemmer"]) == ("Anna Eksempel", "aftalt", "12")
    assert {row["was"] for row in rows} == {"added", "fact", "step"}


def test_events_are_told_in_the_language_of_the_table(filled, tmp_path):
    path = tmp_path / "events.csv"
    export_table(filled, "events", path, language="da")
    told = {
        " ".join(text for text in row.values() if "oprettet" in text).split(":")[0]
        for row in whole(path).rows
    }
    assert {"Plads oprettet", "Periode oprettet", "Møde oprettet", "Stemmeseddel oprettet"} <= told
    assert not any(word in text for text in told for word in ("Seat", "Term", "Meeting", "Body"))


def test_refusals_and_corrections_are_written_and_not_taken_in(gov, rulebooks, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    taken(gov, tmp_path, "events", EVENTS)
    ordered = number_of(gov, "bestil")
    correct(gov, ordered, reason="aldrig bestilt")
    add_item(gov, "ÆØ-9", "aendringsoenske", "Live")
    assert not advance(gov, "ÆØ-9", "bestil", "kombit").allowed
    rows = exported(gov, tmp_path, "events")
    assert [row["was"] for row in rows].count("refused") == 1
    assert [row["event"] for row in rows if row["corrected"]] == [str(ordered)]
    other = opened(f"sqlite:///{tmp_path / 'other.sqlite'}", rulebooks, Clock())
    taken(other, tmp_path, "items", ITEMS)
    view = import_table(other, tmp_path / "events-out.csv", "events")
    assert (view.new, view.passed) == (2, len(rows) - 2)
    other.engine.dispose()


def test_an_export_shows_the_record_as_it_stood_on_a_day(gov, tmp_path, clock):
    clock.set("2025-01-10")
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et")
    clock.set("2025-02-10")
    advance(gov, "ÆØ-1", "afklar", "kombit")
    record_fact(gov, "ÆØ-1", "stoerrelse", "M", source="leverandøren")
    add_item(gov, "ÆØ-2", "aendringsoenske", "To")
    (row,) = exported(gov, tmp_path, "items", on="2025-01-31")
    assert (row["number"], row["state"], row["stoerrelse"]) == ("ÆØ-1", "indmeldt", "")
    assert [row["event"] for row in exported(gov, tmp_path, "events", on="2025-01-31")] == ["1"]
    rows = exported(gov, tmp_path, "items")
    assert [(row["number"], row["state"], row["stoerrelse"]) for row in rows] == [
        ("ÆØ-1", "under-afklaring", "M"),
        ("ÆØ-2", "indmeldt", ""),
    ]


def test_tracks_are_written_after_the_whole_they_belong_to(gov, rulebooks, tmp_path):
    add_item(gov, "ØZ", "aendringsoenske", "Helhed", origin="history", source="k", on="2025-01-01")
    add_item(gov, "A", "spor", "Spor", parent="ØZ", origin="history", source="k", on="2025-01-01")
    assert [row["number"] for row in exported(gov, tmp_path, "items")] == ["ØZ", "A"]
    other = opened(f"sqlite:///{tmp_path / 'other.sqlite'}", rulebooks, Clock())
    assert import_table(other, tmp_path / "items-out.csv", "items").new == 2
    assert fold(everything(other).events)["A"].links == {"parent": "ØZ"}
    other.engine.dispose()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_title_that_looks_like_a_formula_comes_back_as_it_was(gov, rulebooks, tmp_path, suffix):
    titles = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "'=x", "007", "12345678901234567890", "’uden slut"]
    for place, title in enumerate(titles):
        add_item(gov, f"I{place}", "aendringsoenske", title, origin="history", source="k", on="2025-01-01")
    export_table(gov, "items", tmp_path / f"items{suffix}")
    other = opened(f"sqlite:///{tmp_path / 'other.sqlite'}", rulebooks, Clock())
    import_table(other, tmp_path / f"items{suffix}", "items")
    assert [thing.title for thing in fold(everything(other).events).values()] == titles
    other.engine.dispose()


def test_an_empty_record_is_written_as_its_headings(gov, tmp_path):
    for what in ("items", "events", "seats", "ballots"):
        assert exported(gov, tmp_path, what) == []
        assert (tmp_path / f"{what}-out.csv").read_text(encoding="utf-8-sig").count("\n") == 1


def test_a_table_that_is_none_and_a_file_that_cannot_be_are_told(gov, tmp_path):
    with pytest.raises(RequestError) as error:
        export_table(gov, "itms", tmp_path / "t.csv")
    assert "did you mean `items`" in error.value.problems[0].en
    with pytest.raises(RequestError):
        export_table(replace(gov), "items", tmp_path / "none" / "t.csv")


@pytest.mark.parametrize(("language", "said"), [("da", "2,5"), ("en", "2.5")])
def test_numbers_are_written_as_decimals_that_are_read_back(gov, tmp_path, language, said):
    for number, estimate in (("A", "5/2"), ("B", "1/3"), ("C", "1/8..1/2"), ("D", "9/8"), ("E", "3")):
        add_item(gov, number, "aendringsoenske", "x")
        record_fact(gov, number, "estimat-aar", estimate, source="k")
    export_table(gov, "items", tmp_path / "t.csv", language=language)
    rows = whole(tmp_path / "t.csv").rows
    mark = said[1]
    expected = [said, "1/3", f"0{mark}125..0{mark}5", "9/8", "3"]  # 1,125 may be a thousand
    assert [row["estimat-aar"] for row in rows] == expected


def test_a_table_that_is_there_is_not_written_over(gov, tmp_path):
    (tmp_path / "t.csv").write_text("min egen")
    with pytest.raises(RequestError) as error:
        export_table(gov, "items", tmp_path / "t.csv")
    assert error.value.problems[0].da.endswith("t.csv findes allerede; vælg et andet navn")
    assert (tmp_path / "t.csv").read_text() == "min egen"
