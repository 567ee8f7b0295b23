"""What an item can be entered as: the kinds there are, and what can be written down of one."""

from __future__ import annotations

from dataclasses import dataclass

from governance.record import Entity
from governance.service.opening import Governance
from governance.service.showing import item_kinds, recordable, said
from governance.service.views import InputView, Said
from governance.values import day


@dataclass(frozen=True, slots=True)
class EntryView:
    """How to ask for a new item by the rulebook in force on a day: its kind, and the facts of items."""

    on: str
    kinds: tuple[Said, ...]
    facts: tuple[InputView, ...]


def item_entry(gov: Governance) -> EntryView:
    """How to ask for a new item today."""
    book = gov.rulebook(day(gov.today))
    kinds = tuple(item_kinds(book))
    facts = recordable(book, Entity("", kinds[0])) if kinds else ()
    return EntryView(gov.today.isoformat(), tuple(said(book, kind) for kind in kinds), facts)
