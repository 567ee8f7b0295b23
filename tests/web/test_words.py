"""Which of the bodies that may take a step whoever looks is offered to act for."""

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
