"""The record as rows that conditions are judged on, as of a date."""

from governance.world.groups import body_row, organisation_row, seat_row, term_row
from governance.world.items import facts_of, item_row
from governance.world.meetings import meeting_row
from governance.world.rows import row_for, rows_of
from governance.world.sitting import holds_seat
from governance.world.view import World

__all__ = [
    "World",
    "body_row",
    "facts_of",
    "holds_seat",
    "item_row",
    "meeting_row",
    "organisation_row",
    "row_for",
    "rows_of",
    "seat_row",
    "term_row",
]
