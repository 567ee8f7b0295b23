"""Open a round of prioritising, and cast or change a ballot in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from governance.model import RequestError, Text
from governance.notation import read_value
from governance.prose.values import say_day
from governance.record import fold
from governance.rights import Duty
from governance.rulebook import Rulebook
from governance.service.acting import advance
from governance.service.agendas import POINT
from governance.service.ballots import CHOICES, CLOSES, COUNTING, ROUND, counting_of
from governance.service.group import record_thing
from governance.service.once import once
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.reading import find_item
from governance.service.showing import is_item
from governance.service.views import Receipt
from governance.service.words import Problems, among, clean_id, clean_text, in_notation, query_date
from governance.store import load_family, load_things
from governance.values import Kind, Span

SCORE = Text("pointene", "the scores")
MOST_CHOICES = 200
WAY = Text("optællingsmåden", "way of counting")


@once
def open_round(  # noqa: PLR0913 - a round is opened with these parts
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract, and what callers say
    body: str,
    *,
    closes: str,
    choices: Sequence[str] = (),
    meeting: str = "",
    counting: str = "",
    title: str = "",
    on: str = "",
    source: str = "",
    recorder: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Open a round over some items, by default those on the agenda of its meeting, until it ``closes``.

    It is counted as the rulebook's ``counting`` of that name says, by default its first; the name is
    recorded. RequestError for what is no item, for nothing to choose among, for a closing day that is no
    day, and where the rulebook does not say how rounds are counted.
    """
    permit(gov, Duty.RECORD)
    problems = Problems()
    when = query_date(on, gov.today)
    book = gov.rulebook(when)
    asked = list(dict.fromkeys(each.strip() for each in choices if each.strip())) or _on_the_agenda(
        gov, meeting
    )
    items = [problems.take(partial(_an_item, gov, book, each), "") for each in asked]
    problems.take(lambda: _closing(closes), Span())
    if not asked or len(asked) > MOST_CHOICES:
        problems.take(_refuse_choices, None)
    way = problems.take(lambda: _way(book, counting), "")
    if book.process_for(ROUND) is None:
        problems.take(partial(_refuse_without_course, book), None)
    problems.raise_if_any()
    links = {"body": body} | ({"meeting": meeting} if meeting else {})
    facts = {CHOICES: "; ".join(items), CLOSES: closes, COUNTING: way}
    return record_thing(
        gov,
        id,
        ROUND,
        links=links,
        facts=facts,
        title=title,
        on=on,
        origin="live",
        source=source or "governance",
        recorder=recorder,
    )


def _refuse_choices() -> None:
    raise RequestError(
        Text(
            f"der er ingen sager at give point; nævn 1 til {MOST_CHOICES}, eller et møde med dem på",
            f"there are no items to score; name 1 to {MOST_CHOICES}, or a meeting with them on its agenda",
        )
    )


def _refuse_without_course(book: Rulebook) -> None:
    raise RequestError(
        Text(
            f"regelsættet fra {say_day(book.from_).da} har intet forløb til runder",
            f"the rulebook from {book.from_} has no process for rounds",
        )
    )


def _way(book: Rulebook, asked: str) -> str:
    """The name of the way of counting; by default the rulebook's first."""
    ways = [each.id for each in book.counting]
    if not ways:
        raise RequestError(
            Text(
                f"regelsættet fra {say_day(book.from_).da} siger ikke, hvordan runder tælles; "
                "skriv det i `counting`",
                f"the rulebook from {book.from_} does not say how rounds are counted; write it in `counting`",
            )
        )
    return among(asked, ways, WAY) if asked.strip() else ways[0]


def _closing(closes: str) -> Span:
    value = read_value(in_notation(closes, Kind("date")), Kind("date"), CLOSES)
    if not isinstance(value, Span) or value.point is None:
        raise RequestError(
            Text(
                f"`{closes}` er ikke én dag; skriv den dag, runden lukker, som 1.3.2026",
                f"`{closes}` is not one day; write the day the round closes, as 2026-03-01",
            )
        )
    return value


def _an_item(gov: Governance, book: Rulebook, id_: str) -> str:
    with looking(gov) as connection:
        found = fold(load_things(connection, [clean_id(id_)])).get(clean_id(id_))
    if found is None or not is_item(book, found):
        shown = clean_id(id_)
        raise RequestError(
            Text(
                f"`{shown}` er ikke en sag, der kan gives point til; skriv sagens nummer",
                f"`{shown}` is no item that can be scored; write the number of an item",
            )
        )
    if {";", "="} & set(found.id):
        raise RequestError(
            Text(
                f"`{found.id}` har `;` eller `=` i sit nummer, og det kan en seddel ikke skrive",
                f"`{found.id}` has `;` or `=` in its number, which no ballot can write",
            )
        )
    return found.id


def _on_the_agenda(gov: Governance, meeting: str) -> list[str]:
    """The items of a meeting's points."""
    if not meeting:
        return []
    with looking(gov) as connection:
        points = fold(load_family(connection, meeting, [POINT])).values()
    own = [each for each in points if each.kind == POINT and each.links.get("meeting") == meeting]
    return list(dict.fromkeys(each.links["about"] for each in own if "about" in each.links))


def cast(  # noqa: PLR0913 - a ballot is cast with these parts
    gov: Governance,
    round_: str,
    organisation: str,
    scores: Mapping[str, str],
    *,
    change: bool = False,
    on: str = "",
    body: str = "",
    person: str = "",
    recorder: str = "",
    version: int | None = None,
    key: str = "",
) -> Receipt:
    """Cast the ballot of an organisation, or ``change`` the one it cast; decided by the round's own rules.

    A refusal is a receipt with every reason, and is stored. RequestError for scores of something that is not
    in the round or are no points at all; how many may be given is for the rules. ``version`` is the round's:
    Conflict when this organisation has cast a ballot since, whoever else has.
    """
    found = find_item(gov, round_, on)
    counting = counting_of(found.book, found.entity)
    written = {item: clean_text(text, SCORE, most=20) for item, text in scores.items()}
    line = "; ".join(f"{clean_id(item)}={text}" for item, text in written.items() if text)
    if not line:
        raise RequestError(Text("giv mindst én sag point; 0 er nok", "score at least one item; 0 will do"))
    step = found.book.step(ROUND, counting.change if change else counting.cast, found.entity.state)
    if step is None:
        raise RequestError(
            Text("reglerne lader ikke en stemmeseddel ændre", "the rules let no ballot be changed")
        )
    return advance(
        gov,
        found.entity.id,
        step.id,
        body or step.by[0],
        on=on,
        inputs={"organisation": organisation, "scores": line},
        person=person,
        recorder=recorder,
        version=version,
        key=key,
    )


def close_round(  # noqa: PLR0913 - as any step
    gov: Governance,
    round_: str,
    body: str,
    *,
    on: str = "",
    reason: str = "",
    person: str = "",
    recorder: str = "",
    source: str = "",
    version: int | None = None,
    key: str = "",
) -> Receipt:
    """Close a round by the step of its process that leads to an end; decided as any step.

    RequestError for a thing that is no round, and when the process has no such step. Conflict when it has
    changed since ``version``, be it by a ballot.
    """
    found = find_item(gov, round_, on)
    counting_of(found.book, found.entity)
    process = found.book.process_for(ROUND)
    ends = {state.id for state in process.states if state.final} if process is not None else set()
    steps = [step for step in process.steps if step.to in ends] if process is not None else []
    if not steps:
        raise RequestError(Text("reglerne lader ingen runde lukke", "the rules let no round close"))
    here = next((step for step in steps if found.entity.state in step.from_states), steps[0])
    return advance(
        gov,
        found.entity.id,
        here.id,
        body,
        on=on,
        reason=reason,
        person=person,
        recorder=recorder,
        source=source,
        version=version,
        key=key,
    )
