"""The record as rows that conditions are judged on, as of a date."""

from governance.world.groups import body_row, meeting_row, organisation_row, rows_of, seat_row
from governance.world.items import item_row
from governance.world.view import World

__all__ = ["World", "body_row", "item_row", "meeting_row", "organisation_row", "rows_of", "seat_row"]
