"""The shortest legal way from where an item is to a state."""

from __future__ import annotations

from governance.prose import say_remedy
from governance.referee import way_to
from governance.service.items import STATE
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import find_item
from governance.service.recording import in_one_moment
from governance.service.showing import day_span, said, said_state
from governance.service.views import LegView, RouteView, Said
from governance.service.words import among


@in_one_moment
@named
def way(
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract
    state: str,
    *,
    on: str = "",
    known: str = "",
) -> RouteView:
    """Who must act, in order, and what is missing before each; not ``found`` when the rules allow no way.

    With ``known``, from what the record held at the end of that day.
    """
    found = find_item(gov, id, on, known)
    entity, book = found.entity, found.book
    referee = gov.referee(book)
    goal = among(state, [each.id for each in referee.process(entity).states], STATE)
    route = way_to(referee, entity, goal, found.on, found.record)
    legs = route.legs if route is not None else ()
    return RouteView(
        item=entity.id,
        goal=said_state(book, entity.kind, goal),
        found=route is not None,
        legs=tuple(
            LegView(
                step=Said(leg.step.id, leg.step.label),
                by=tuple(said(book, body) for body in leg.step.by),
                to=said_state(book, entity.kind, leg.decision.to_state),
                on=day_span(leg.decision.request.on),
                first=tuple(say_remedy(remedy, book) for remedy in leg.first),
            )
            for leg in legs
        ),
    )
