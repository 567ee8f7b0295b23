"""What a long transaction keeps from one act to the next: the group whole, and the families met last."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import Connection

from governance.service.families import HELD_KINDS, Around, Family, Group
from governance.store import load_family, version_of

MOST_FAMILIES = 256


class Held:
    """The group, loaded once, and a bounded number of families; everything added is written through."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._group: Group | None = None
        self._families: OrderedDict[str, Family] = OrderedDict()
        self._homes: dict[str, str] = {}

    def forget(self) -> None:
        """Let go of everything, before an act that is not written through."""
        self._group = None
        self._families.clear()
        self._homes.clear()

    def around(self, id_: str) -> Around:
        """The family of a thing with the group around it; an empty family for a thing that is not there."""
        if self._group is None:
            self._group = Group(load_family(self._connection, "", HELD_KINDS))
        if id_ in self._group.versions:
            return Around(self._group, Family())
        home = self._homes.get(id_)
        if home is None:
            home = self._load(id_)
        self._families.move_to_end(home)
        return Around(self._group, self._families[home])

    def _load(self, id_: str) -> str:
        """Take in the family of a thing; gives the id it is kept under."""
        events = load_family(self._connection, id_, ()) if version_of(self._connection, id_) else ()
        members = {id_, *(event.entity for event in events)}
        home = next((self._homes[member] for member in members if member in self._homes), id_)
        if home not in self._families:
            self._families[home] = Family(events)
        self._homes |= dict.fromkeys(members, home)
        if len(self._families) > MOST_FAMILIES:
            gone, _ = self._families.popitem(last=False)
            self._homes = {member: home for member, home in self._homes.items() if home != gone}
        return home
