"""What may be written down, how, and what is said of everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.model import Conflict, RequestError, Text
from governance.notation import write_value
from governance.record import fold
from governance.service import (
    add_item,
    declare_complete,
    history,
    item,
    items,
    record_fact,
)
from governance.service.words import clean_id, clean_text, storable
from tests.service.asking import new, problems, rows_agree_with_events, stored, value_of

FAMILY = "👩‍👩‍👧"


# Items


def test_an_item_is_entered_in_the_first_state_of_its_process(gov):
    receipt = new(gov)
    assert (receipt.event, receipt.version, receipt.allowed, receipt.state.id) == (1, 1, True, "indmeldt")
    (line,) = items(gov)
    assert (line.id, line.kind.id, line.state.label.da) == ("ÆØ-1", "aendringsoenske", "indmeldt")
    assert rows_agree_with_events(gov)


def test_an_item_entered_live_has_a_complete_record_and_one_entered_as_history_an_open_one(gov):
    new(gov, "live")
    new(gov, "told", origin="history", source="et referat")
    assert [line.complete for line in items(gov)] == [True, False]
    declare_complete(gov, "told", source="sekretariatet")
    assert [line.complete for line in items(gov)] == [True, True]


def test_an_items_number_is_kept_as_given_in_composed_form(gov):
    decomposed = "A\u030aØ-1/2 (b)"
    assert new(gov, decomposed).entity == "ÅØ-1/2 (b)"
    assert item(gov, decomposed).line.id == "ÅØ-1/2 (b)"
    assert problems(new, gov, "ÅØ-1/2 (b)") == [
        "`ÅØ-1/2 (b)` is there already; choose another number, or correct the one there is"
    ]


@pytest.mark.parametrize("id_", ["", "   ", "a\nb", "a\0b", "a\ud800b", "a\u202eb", "a\u200bb", "x" * 101])
def test_an_id_of_odd_characters_is_refused(gov, id_):
    (said,) = problems(new, gov, id_)
    assert said.endswith("cannot be a number; write 1 to 100 ordinary characters")
    assert stored(gov) == ((), {})


def test_all_that_is_wrong_is_said_at_once(gov):
    assert problems(add_item, gov, "", "aendringsoenske", "", on="i går", source="x" * 4001) == [
        "the source has 4001 characters; write at most 4000",
        "`i går` is not a date; write a date such as 2025-09-09, 2025-09, 2025 or ..2025-09-09",
    ]
    assert problems(add_item, gov, "", "ændringsønske", " ") == [
        "`` cannot be a number; write 1 to 100 ordinary characters",
        "there is no kind of item `ændringsønske`; did you mean `aendringsoenske`?",
        "the title is missing; write a text",
    ]


def test_a_track_belongs_to_an_item_that_is_there(gov):
    new(gov, "ÆØ-1434")
    new(gov, "ÆØ-1434/1", "spor", parent="ÆØ-1434")
    assert [track.id for track in item(gov, "ÆØ-1434").tracks] == ["ÆØ-1434/1"]
    assert problems(new, gov, "ÆØ-9/1", "spor", parent="ÆØ-143") == [
        "there is no item `ÆØ-143`; did you mean `ÆØ-1434` or `ÆØ-1434/1`?"
    ]


# Dates


@pytest.mark.parametrize(
    ("on", "kept"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2025-03", "2025-03"),
        ("2024", "2024"),
        ("..2025-09-09", "..2025-09-09"),
        ("2025-01-31..2025-02-01", "2025-01-31..2025-02-01"),
        ("2025-11", "2025-11-01..2025-11-20"),
        ("2025-11-01..", "2025-11-01..2025-11-20"),
        ("", "2025-11-20"),
        ("9.9.2025", "2025-09-09"),
        ("09-09-2025", "2025-09-09"),
        ("9/9/2025", "2025-09-09"),
        ("9. september 2025", "2025-09-09"),
        ("september 2025", "2025-09"),
        ("den 9. september 2025 .. den 15. september 2025", "2025-09-09..2025-09-15"),
        ("november 2025", "2025-11-01..2025-11-20"),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known_and_no_later_than_today(gov, on, kept):
    new(gov, on=on)
    assert write_value(fold(stored(gov)[0])["ÆØ-1"].since) == kept


@pytest.mark.parametrize(
    "on",
    [
        "2025-02-29",
        "2025-13",
        "2025-9-9",
        "9/13/2025",
        "31.2.2025",
        "..",
        "2025-W05",
        "٢٠٢٥",
        "2025-03..2025-02",
    ],
)
def test_a_date_that_is_none_is_refused(gov, on):
    (said,) = problems(new, gov, on=on)
    assert said.endswith("write a date such as 2025-09-09, 2025-09, 2025 or ..2025-09-09")


def test_nothing_is_recorded_before_it_happens(gov, clock):
    assert problems(new, gov, on="2025-11-21") == [
        "`2025-11-21` is in the future; today is 2025-11-20, only what has happened is recorded"
    ]
    clock.set("2025-11-20", hour=23)  # past midnight in Denmark
    assert new(gov, on="2025-11-21").allowed


def test_a_date_that_no_rulebook_covers_is_refused(gov):
    assert problems(new, gov, on="2023-12-31") == [
        "no rulebook covers 31 December 2023; the rulebooks cover 2024-01-01 –"
    ]


def test_nothing_live_is_dated_before_the_item_was_there(gov):
    new(gov, on="2025-09-09")
    assert problems(record_fact, gov, "ÆØ-1", "stemmer", "3", source="x", on="2025-09-08") == [
        "`ÆØ-1` exists only since 2025-09-09; write a date after that"
    ]
    assert problems(declare_complete, gov, "ÆØ-1", on="2025-09-08")
    record_fact(gov, "ÆØ-1", "stemmer", "3", source="x", on="2025-09")


# Facts


@pytest.mark.parametrize(
    ("fact", "text", "kept"),
    [
        ("estimat-aar", "1/2..1", "1/2..1"),
        ("estimat-aar", " 2/4 ", "1/2"),
        ("estimat-aar", "..3", "..3"),
        ("stemmer", "016", "16"),
        ("stemmer", "-0", "0"),
        ("stoerrelse", "XS|M", "XS|M"),
        ("stoerrelse", "M|XS", "XS|M"),
    ],
)
def test_a_fact_is_kept_exactly(gov, fact, text, kept):
    new(gov)
    record_fact(gov, "ÆØ-1", fact, text, source="estimatet")
    assert value_of(gov, "ÆØ-1", fact) == kept


@pytest.mark.parametrize("text", ["1e3", "٣", "1_000", "1/0", "9" * 400, "1..0", "", "..", "0x10", "NaN"])
def test_a_number_of_odd_form_is_refused(gov, text):
    new(gov)
    (said,) = problems(record_fact, gov, "ÆØ-1", "estimat-aar", text, source="x")
    assert said.endswith("write a number such as 3, 1/4 or 1/2..1")


@pytest.mark.parametrize("text", ["m", "XXL", "XS,M", "", "|"])
def test_a_word_off_the_scale_is_refused(gov, text):
    new(gov)
    (said,) = problems(record_fact, gov, "ÆØ-1", "stoerrelse", text, source="x")
    assert said.endswith("write one of XS, S, M, L, XL (several: A|B)")


def test_a_value_that_says_nothing_is_no_fact(gov):
    new(gov)
    (said,) = problems(record_fact, gov, "ÆØ-1", "stoerrelse", "XS|S|M|L|XL", source="x")
    assert said == "`XS|S|M|L|XL` says nothing about `stoerrelse`; write what is known, or leave it"


def test_a_long_text_is_kept_letter_by_letter(gov):
    new(gov)
    text = ("Ærø 🙂 " + FAMILY + "\n\tnæste linje ") * 400
    text = text[:3999].strip() + "."
    record_fact(gov, "ÆØ-1", "forslag", text, source=text[:4000])
    assert value_of(gov, "ÆØ-1", "forslag") == text
    assert history(gov, "ÆØ-1")[-1].source == text
    (said,) = problems(record_fact, gov, "ÆØ-1", "forslag", "x" * 4001, source="x")
    assert said.endswith("write a text of 1 to 4000 characters")


@pytest.mark.parametrize("bad", ["a\0b", "a\ud83d", "a\x1b[2Jb", "a\x7f"])
def test_what_cannot_be_stored_or_shown_is_refused_everywhere(gov, bad):
    new(gov)
    (said,) = problems(record_fact, gov, "ÆØ-1", "forslag", bad, source="x")
    assert said.endswith("`forslag` cannot hold; remove control characters")
    assert bad not in said
    (said,) = problems(record_fact, gov, "ÆØ-1", "forslag", "godt", source=bad)
    assert said == "the source holds characters that cannot be stored; remove control characters"
    (said,) = problems(new, gov, bad)
    assert "cannot be a number" in said
    assert said.isprintable()


def test_a_fact_needs_its_source(gov):
    new(gov)
    assert problems(record_fact, gov, "ÆØ-1", "stemmer", "3", source=" ") == [
        "the source is missing; write a text"
    ]


def test_a_fact_that_is_not_known_is_met_with_what_may_have_been_meant(gov):
    new(gov)
    assert problems(record_fact, gov, "ÆØ-1", "størrelse", "M", source="x") == [
        "there is no fact `størrelse`; did you mean `stoerrelse`?"
    ]
    assert problems(record_fact, gov, "ÆØ-2", "stemmer", "1", source="x") == [
        "there is no item `ÆØ-2`; did you mean `ÆØ-1`?"
    ]


@pytest.mark.parametrize("fact", ["id", "kind", "state", "version"])
def test_what_follows_from_the_record_is_never_written_down(gov, fact):
    new(gov)
    assert problems(record_fact, gov, "ÆØ-1", fact, "bestilt", source="x")[0].startswith(
        f"there is no fact `{fact}`"
    )


def test_a_fact_on_a_version_that_is_past_is_a_conflict(gov):
    version = new(gov).version
    record_fact(gov, "ÆØ-1", "stemmer", "3", source="x", version=version)
    with pytest.raises(Conflict) as conflict:
        record_fact(gov, "ÆØ-1", "stemmer", "4", source="x", version=version)
    assert (conflict.value.seen, conflict.value.current) == (1, 2)
    assert value_of(gov, "ÆØ-1", "stemmer") == "3"


# Words


def outcome(make):
    """What comes of a text: the cleaned one, or None and what is said of it."""
    try:
        return make(), ()
    except RequestError as error:
        return None, error.problems


@given(st.text(st.characters(codec=None), max_size=30))
def test_what_passes_as_an_id_can_be_stored_and_printed(text):
    id_, said = outcome(lambda: clean_id(text))
    assert all(each.en.isprintable() for each in said)
    if id_ is not None:
        assert id_ == clean_id(id_)
        assert storable(id_)
        assert id_.encode()


@given(st.text(st.characters(codec=None), max_size=60))
def test_what_passes_as_a_text_can_be_stored(text):
    cleaned, _ = outcome(lambda: clean_text(text, Text("t", "t")))
    assert (cleaned is None) == (not storable(text))
    if cleaned is not None:
        assert "\0" not in cleaned
        assert cleaned == "" or cleaned.encode()


@pytest.mark.parametrize("name", ["referencegruppen", "Horsens"])
def test_an_item_may_not_take_the_name_of_a_body_or_an_organisation(gov, name):
    (said,) = problems(add_item, gov, name, "aendringsoenske", "Et ønske")
    assert said == f"`{name}` is a body or an organisation; choose another number for the item"


@pytest.mark.parametrize("name", ["/x", "x//y", "..", "ÆØ/../1", "x/."])
def test_an_id_that_cannot_stand_in_an_address_is_refused(gov, name):
    (said,) = problems(add_item, gov, name, "aendringsoenske", "Et ønske")
    assert "cannot be a number" in said


def test_an_estimate_is_not_less_than_nothing(gov):
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")
    (said,) = problems(record_fact, gov, "ÆØ-1", "estimat-aar", "-10", source="x")
    assert said == "`-10` is less than nothing; `estimat-aar` is written as 0 or more"


@pytest.mark.parametrize("title", ["To\nlinjer", "To \t linjer", "To\u2028linjer"])
def test_a_title_stands_on_one_line(gov, title):
    add_item(gov, "ÆØ-1", "aendringsoenske", title)
    assert item(gov, "ÆØ-1").line.title == "To linjer"


def test_a_title_that_turns_the_direction_of_writing_is_refused(gov):
    (said,) = problems(add_item, gov, "ÆØ-1", "aendringsoenske", "fra\u202ehøjre")
    assert "turn the direction of writing" in said
