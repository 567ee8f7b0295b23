"""An event comes back from its row as it went in, and the same event is always the same text."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    Force,
    Origin,
    Request,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.store import StoreError, read_event, write_event
from governance.store.codec import canonical
from governance.values import Choice, Span

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
facts = st.builds(FactRecorded, texts, values)
payloads = st.one_of(
    added,
    facts,
    st.builds(StepTaken, requests, texts, texts, texts, st.booleans(), told),
    st.builds(StepRefused, requests, texts, texts, told),
    st.builds(Corrected, st.integers(1, 10**9), texts, st.none() | added | facts),
    st.just(DeclaredComplete()),
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
)


@given(events)
def test_an_event_comes_back_from_its_row_as_it_went_in(event):
    assert read_event(write_event(event)) == event


@given(events)
def test_the_payload_is_canonical_json(event):
    payload = write_event(event)["payload"]
    assert payload == canonical(json.loads(payload))


def test_letters_stand_in_the_row_as_they_are_and_keys_are_sorted():
    on = Span(date(2025, 9, 9), date(2025, 9, 9))
    event = Event(
        1, "ÆØ-1", FactRecorded("svar", Choice(frozenset({"Ærø 🙂"}))), on, datetime.now(UTC), Origin.LIVE
    )
    assert write_event(event)["payload"] == '{"fact":"svar","value":{"scale":[],"words":["Ærø 🙂"]}}'


def test_a_number_is_kept_as_an_exact_fraction():
    value = Span(Fraction(1, 3), Fraction(2, 3))
    event = Event(1, "x", FactRecorded("estimat", value), Span(), datetime.now(UTC), Origin.LIVE)
    assert json.loads(write_event(event)["payload"])["value"] == {"numbers": ["1/3", "2/3"]}
    assert read_event(write_event(event)).payload.value == value


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "wish"},
        {"payload": "{"},
        {"payload": "{}"},
        {"origin": "rumour"},
        {"recorded_at": "yesterday"},
        {
            "kind": "corrected",
            "payload": '{"event":1,"reason":"","replacement":{"kind":"complete","payload":{}}}',
        },
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_number(damage):
    row = write_event(Event(7, "x", FactRecorded("f", Span()), Span(), datetime.now(UTC), Origin.LIVE))
    with pytest.raises(StoreError, match="event 7 in the database cannot be read"):
        read_event({**row, **damage})
