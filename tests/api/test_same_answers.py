"""The API, the command line and the pages stand on the same views and tell them alike."""

import pytest

from governance import service
from governance.cli.speaking import plain

TRACK, MEETING = "ÆØ-1434/1", "moede-2025-09-09"
TOLD = {
    "get_item": ({"id": TRACK}, lambda gov: service.item(gov, TRACK)),
    "get_steps": ({"id": TRACK}, lambda gov: service.steps(gov, TRACK)),
    "get_way": ({"id": TRACK, "to": "bestilt"}, lambda gov: service.way(gov, TRACK, "bestilt")),
    "get_history": ({"id": TRACK}, lambda gov: service.history(gov, TRACK)),
    "list_items": ({}, service.items_page),
    "list_meetings": ({}, service.meetings),
    "get_meeting": ({"id": MEETING}, lambda gov: service.meeting(gov, MEETING)),
    "get_seats": ({"on": "2025-09-10"}, lambda gov: service.seats(gov, on="2025-09-10")),
    "forecast_seats": ({"years": 3}, lambda gov: service.forecast_seats(gov, years=3)),
    "get_rules": ({}, service.rules),
    "get_report": ({}, service.report),
    "get_todo": ({"days": 30}, lambda gov: service.todo(gov, days=30, per_page=25)),
}


@pytest.mark.parametrize("name", TOLD)
def test_an_answer_is_what_the_command_line_tells_as_json(api, governance, name):
    asked, view = TOLD[name]
    assert api.call(name, **asked).json == plain(view(governance))
