"""What a round cannot be opened over, and a ballot that says nothing."""

import shutil
from dataclasses import replace

import pytest

from governance.service import add_item, cast, open_round, put_on_agenda, rules_folder
from governance.service.rulefiles import load_rulebooks
from tests.service.asking import problems
from tests.service.meeting import CLOSES, ROUND, SEATED, group, planned

BODY = "referencegruppen"


@pytest.mark.parametrize("number", ["A;B", "A=1"])
def test_an_item_whose_number_no_ballot_can_write_is_in_no_round(gov, clock, number):
    group(gov, clock)
    add_item(gov, number, "aendringsoenske", "Et ønske")
    (said,) = problems(open_round, gov, ROUND, BODY, closes=CLOSES, choices=["ÆØ-1", number])
    assert said == f"`{number}` has `;` or `=` in its number, which no ballot can write"
    assert open_round(gov, ROUND, BODY, closes=CLOSES, choices=["ÆØ-1"]).allowed


def test_a_ballot_that_says_nothing_is_refused_with_what_would_do(gov, clock):
    group(gov, clock)
    open_round(gov, ROUND, BODY, closes=CLOSES, choices=["ÆØ-1"])
    assert problems(cast, gov, ROUND, SEATED[0], {"ÆØ-1": ""}) == ["score at least one item; 0 will do"]
    assert cast(gov, ROUND, SEATED[0], {"ÆØ-1": "0"}).allowed


def test_rules_without_a_course_for_rounds_take_none(gov, clock, tmp_path):
    folder = tmp_path / "uden-runder"
    shutil.copytree(rules_folder(), folder)
    (folder / "2024-01-01" / "rounds.yaml").unlink()
    without = replace(gov, rulebooks=load_rulebooks(folder))
    group(without, clock)
    said = problems(open_round, without, ROUND, BODY, closes=CLOSES, choices=["ÆØ-1"])
    assert "the rulebook from 2024-01-01 has no process for rounds" in said


@pytest.mark.parametrize("number", ["=1", "3.1.", "12345", "3 1"])
def test_the_number_of_a_point_is_short_parts_with_dots(gov, clock, number):
    group(gov, clock)
    planned(gov)
    (said,) = problems(put_on_agenda, gov, "møde-1", "eventuelt", title="Nyt", point=number)
    assert "write it as 3 or 3.1" in said
    assert put_on_agenda(gov, "møde-1", "eventuelt", title="Nyt", point="7.12").allowed
