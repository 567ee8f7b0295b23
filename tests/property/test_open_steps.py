"""The short ways to a verdict come to what the long ones do."""

import random
from dataclasses import replace
from datetime import date

import pytest

from governance.record import fold, surroundings
from governance.referee import Referee
from governance.values import day
from governance.vocabulary import AROUND_AN_ITEM, GROUP_KINDS, reached
from tests import dubu_book
from tests.counts import count
from tests.property.test_ways import ACTS, drawn, random_step

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_the_open_steps_are_those_that_a_decision_in_full_allows(part):
    every = count(reduced=400, full=8_000)
    found = 0
    for seed in range(part, every, PARTS):
        case, _ = drawn(seed)
        referee = Referee(case.book)
        for step in referee.process(case.entity).steps:
            decided = referee.next_steps(case.entity, case.request.on, case.record)
            allowed = tuple(each.request.step for each in decided if each.allowed)
            assert referee.open_steps(case.entity, case.request.on, case.record) == allowed, seed
            found += bool(allowed)
            inputs = {each.fact: case.book.unknown("item", each.fact) for each in step.inputs}
            asked = replace(case.request, step=step.id, body=step.by[0], inputs=inputs)
            case = case.after_step(step, asked) if hasattr(case, "after_step") else case
    assert found > every // PARTS // 4
