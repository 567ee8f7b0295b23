"""The rulebooks that the record has taken in, beside those of the folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from governance.model import RulebookAdopted, Text
from governance.record import RULEBOOK, replaced
from governance.store.codec import read_event
from governance.store.errors import StoreError
from governance.store.schema import events, rulebooks, things

_ADOPTED = (
    select(events)
    .join(things, things.c.id == events.c.entity)
    .where(things.c.kind == RULEBOOK)
    .order_by(events.c.number)
)


def adopted(connection: Connection, until: datetime | None = None) -> tuple[RulebookAdopted, ...]:
    """The rulebooks taken in and not withdrawn by a correction, in the order recorded; in one question.

    With ``until``, as had been recorded before a moment.
    """
    found = [read_event(dict(row), {}) for row in connection.execute(_ADOPTED).mappings()]
    found = [event for event in found if until is None or event.recorded_at < until]
    wrong = replaced(found)
    return tuple(
        event.payload
        for event in found
        if isinstance(event.payload, RulebookAdopted) and event.number not in wrong
    )


def rulebook_text(connection: Connection, digest: str) -> Mapping[str, str]:
    """The files of a rulebook by name, as they are kept; StoreError when they are not."""
    kept = connection.execute(select(rulebooks.c.files).where(rulebooks.c.digest == digest)).scalar()
    if kept is None:
        raise StoreError(
            Text(
                f"regelsættet {digest[:12]} er i brug, men dets tekst er væk; se `governance audit verify`",
                f"the rulebook {digest[:12]} is adopted, but its text is gone; see `governance audit verify`",
            )
        )
    files: Mapping[str, str] = json.loads(kept)
    return files
