"""An event comes back from its row as it went in, and the same event is always the same text."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Erased,
    Event,
    FactRecorded,
    Force,
    Origin,
    Request,
    RulebookAdopted,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.store import ERASED, GENESIS, StoreError, canonical, event_hash, read_event, write_event
from governance.store.seals import text_digest
from governance.values import Choice, Span, word

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
dates = st.dates()
fractions = st.fractions(max_denominator=10**6)


def spans(points):
    ends = st.none() | points
    return st.builds(
        lambda one, two: Span(*sorted([one, two])) if one and two else Span(one, two), ends, ends
    )


date_spans = spans(dates)
values = st.one_of(
    date_spans,
    spans(fractions),
    st.builds(Choice, st.none() | st.frozensets(texts, max_size=4), st.just(()) | st.tuples(texts, texts)),
)
said = st.builds(Text, texts, texts)
ruled = st.builds(
    Ruled, texts, st.none() | texts, st.sampled_from(Force), st.sampled_from(Verdict), said, st.none() | said
)
mappings = st.dictionaries(texts, values, max_size=3)
requests = st.builds(
    Request,
    step=texts,
    body=texts,
    on=date_spans,
    person=texts,
    recorder=texts,
    inputs=mappings,
    reason=texts,
    version=st.none() | st.integers(0, 10**6),
    origin=st.sampled_from(Origin),
)
told = st.lists(ruled, max_size=3).map(tuple)
added = st.builds(Added, texts, texts, st.dictionaries(texts, texts, max_size=3), texts)
facts = st.builds(FactRecorded, texts, values, texts)
payloads = st.one_of(
    added,
    facts,
    st.builds(StepTaken, requests, texts, texts, texts, st.booleans(), told, st.booleans()),
    st.builds(StepRefused, requests, texts, texts, told),
    st.builds(Corrected, st.integers(1, 10**9), texts, st.none() | added | facts),
    st.just(DeclaredComplete()),
    st.builds(Erased, texts, st.lists(texts, max_size=3).map(tuple)),
    st.builds(RulebookAdopted, texts, dates, texts),
)
events = st.builds(
    Event,
    number=st.integers(1, 10**12),
    entity=texts,
    payload=payloads,
    on=date_spans,
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    origin=st.sampled_from(Origin),
    source=texts,
    recorder=texts,
    rulebook=texts,
    version=st.integers(1, 10**6),
)


def row_of(event):
    """The row, and the texts beside it by digest."""
    row, sealed = write_event(event, GENESIS)
    return row, {each["digest"]: each["text"] for each in sealed}


@given(events)
def test_an_event_comes_back_from_its_row_as_it_went_in(event):
    row, beside = row_of(event)
    assert read_event(row, beside) == replace(event, hash=event_hash(row))


@given(events)
def test_the_payload_is_canonical_json(event):
    payload = row_of(event)[0]["payload"]
    assert payload == canonical(json.loads(payload))


@given(events)
def test_an_event_whose_texts_are_gone_still_says_who_did_what_when_and_with_which_verdicts(event):
    row, _ = row_of(event)
    left = read_event(row, {})
    assert (left.number, left.on, left.recorder) == (event.number, event.on, event.recorder)
    assert left.source in ("", ERASED)
    if isinstance(event.payload, StepTaken | StepRefused):
        verdicts = [(each.rule, each.verdict) for each in event.payload.findings]
        assert [(each.rule, each.verdict) for each in left.payload.findings] == verdicts


def a_fact(value, number=1):
    on = Span(date(2025, 9, 9), date(2025, 9, 9))
    return Event(number, "ÆØ-1", FactRecorded("svar", value), on, datetime.now(UTC), Origin.LIVE)


def test_letters_stand_in_the_row_as_they_are_and_keys_are_sorted():
    row, _ = row_of(a_fact(Choice(frozenset({"Ærø"}), ("Ærø", "🙂"))))
    assert row["payload"] == '{"fact":"svar","value":{"scale":["Ærø","🙂"],"words":["Ærø"]}}'


def test_whom_a_text_is_about_stands_in_the_event_and_nothing_does_when_that_is_nobody():
    row, beside = row_of(a_fact(fraction := Span(Fraction(1), Fraction(1))))
    assert row["payload"] == '{"fact":"svar","value":{"numbers":["1","1"]}}'
    assert read_event(row, beside).payload == FactRecorded("svar", fraction)
    said = FactRecorded("svar", word("flyttet"), "p-abcdefgh")
    for payload in (said, Corrected(1, "forkert", said)):
        row, beside = row_of(replace(a_fact(fraction, 2), payload=payload))
        assert '"about":"p-abcdefgh","fact":"svar"' in row["payload"]
        assert read_event(row, beside).payload == payload


def test_a_free_text_stands_beside_the_event_and_never_in_it():
    row, beside = row_of(replace(a_fact(Choice(frozenset({"Ring til os"}))), source="et brev"))
    assert "Ring til os" not in str(row)
    assert "et brev" not in str(row)
    assert sorted(beside.values()) == ["Ring til os", "et brev"]


def test_the_same_text_has_another_digest_each_time_so_that_nobody_can_guess_what_was_erased():
    one, other = (row_of(a_fact(Choice(frozenset({"Ring"}))))[0]["payload"] for _ in range(2))
    assert one != other


def test_no_letter_passes_from_a_text_into_its_salt_unseen():
    assert text_digest("0" * 32, "ikke godkendt") != text_digest("0" * 32 + "ikke ", "godkendt")


def test_a_number_is_kept_as_an_exact_fraction():
    value = Span(Fraction(1, 3), Fraction(2, 3))
    row, beside = row_of(a_fact(value))
    assert json.loads(row["payload"])["value"] == {"numbers": ["1/3", "2/3"]}
    assert read_event(row, beside).payload.value == value


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "wish"},
        {"payload": "{"},
        {"payload": "{}"},
        {"payload": "[]"},
        {"payload": None},
        {"payload": '{"fact":"f","value":{"numbers":["1e3000000",null]}}'},
        {"origin": "rumour"},
        {"recorded_at": "yesterday"},
        {"on_low": "2025-02-30"},
        {
            "kind": "corrected",
            "payload": '{"event":1,"reason":{"text":""},"replacement":{"kind":"complete","payload":{}}}',
        },
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_number(damage):
    row, beside = row_of(a_fact(Span(), number=7))
    with pytest.raises(StoreError, match="event 7 in the database cannot be read"):
        read_event({**row, **damage}, beside)
