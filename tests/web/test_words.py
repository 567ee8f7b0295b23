"""Which of the bodies that may take a step whoever looks is offered to act for."""

import re

from governance.model import Text
from governance.service import Permission, Said
from web.words import entitled

KOMBIT, PROJECT, UNKNOWN = (Said(each, Text(each, each)) for each in ("kombit", "projektgruppen", "ukendt"))


def test_only_the_bodies_the_caller_may_act_for_are_offered():
    because = Text("derfor", "for that")
    acting = {KOMBIT.id: Permission(True, because), PROJECT.id: Permission(False, because)}
    assert entitled([KOMBIT, PROJECT], acting) == [KOMBIT]


def test_a_body_that_nothing_is_known_of_is_not_offered():
    assert entitled([UNKNOWN], {KOMBIT.id: Permission(True, Text("derfor", "for that"))}) == []


def test_what_was_typed_stands_in_the_quotation_marks_of_the_language(client):
    assert "»mange« er ikke et antal dage" in client.get("/todo?days=mange").text
    english = client.get("/todo?days=many&lang=en").text
    assert "“many”" in english
    assert "`" not in english


def test_a_point_in_time_has_the_full_stop_of_danish_in_danish_alone(client):
    stamp = r"(\d+\.?) (?:okt|Oct)\.? 2025 \d\d:\d\d"
    danish, english = (client.get(f"/audit?lang={each}").text for each in ("da", "en"))
    assert re.search(stamp, danish)[1].endswith(".")
    assert not re.search(stamp, english)[1].endswith(".")
