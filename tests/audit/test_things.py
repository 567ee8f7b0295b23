"""What is remembered of a thing is enough: rows come out as from the whole fold, however little is kept."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from governance.audit.past import Past
from governance.audit.things import Thing, Things
from governance.model import (
    Added,
    DeclaredComplete,
    Event,
    FactRecorded,
    Origin,
    Request,
    StepRefused,
    StepTaken,
)
from governance.record import fold
from governance.service.rulefiles import load_rulebooks
from governance.values import Span, number
from governance.values import day as on_day
from tests.audit.record import RULES

NOW = datetime(2025, 6, 1, tzinfo=UTC)
DAYS = st.one_of(
    st.integers(1, 28).map(lambda day: on_day(date(2025, 5, day))),
    st.integers(1, 28).map(lambda day: Span(None, date(2025, 5, day))),
    st.integers(1, 20).map(lambda day: Span(date(2025, 5, day), date(2025, 5, day + 8))),
)
STATES = st.sampled_from(["a", "b", "c"])


def step(on, state, *, taken=True, stays=False):
    request = Request("gå", "nogen", on)
    return StepTaken(request, "a", state, "gang", stays=stays) if taken else StepRefused(request, "a", state)


PAYLOADS = st.one_of(
    st.builds(step, DAYS, STATES),
    st.builds(step, DAYS, STATES, taken=st.booleans(), stays=st.booleans()),
    st.just(FactRecorded("pris", number(3))),
    st.just(DeclaredComplete()),
)


def events_of(payloads):
    told = [Added("sag", "T", {}, "a"), *payloads]
    for place, payload in enumerate(told, 1):
        on = payload.request.on if isinstance(payload, StepTaken | StepRefused) else on_day(date(2025, 5, 1))
        yield Event(place, "T", payload, on, NOW, Origin.LIVE, version=place)


@given(st.lists(PAYLOADS, max_size=12))
def test_the_state_is_that_of_the_whole_fold_though_only_the_latest_act_is_kept(payloads):
    things, so_far = Things(whole=()), []
    for event in events_of(payloads):
        things.take(event)
        so_far.append(event)
        assert things.rows["T"].state == fold(so_far)["T"].state
    assert things.events == {}


def test_an_act_entered_late_moves_nothing_though_what_came_before_it_is_forgotten():
    things = Things(whole=())
    for event in events_of([step(on_day(date(2025, 5, 10)), "b"), step(on_day(date(2025, 5, 5)), "c")]):
        things.take(event)
    assert things.rows["T"].state == "b"


def test_a_thing_that_comes_to_belong_elsewhere_is_no_longer_loaded_with_its_old_family():
    things = Things()
    past, (book,) = Past(things), load_rulebooks(RULES).books
    for id_, family in (("A", "A"), ("B", "B"), ("T", "A")):
        things.rows[id_] = Thing("sag", family)
        things.events[id_] = [f"event of {id_}"]
        past.place(id_)
    assert past.known("A", book) == ("event of A", "event of T")
    things.rows["T"].family = "B"
    past.place("T")
    assert past.known("A", book) == ("event of A",)
    assert past.known("T", book) == past.known("B", book) == ("event of B", "event of T")
