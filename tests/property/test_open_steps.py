"""Which steps are open, found the short way, is what a decision in full allows."""

from random import Random

import pytest

from governance.model import StepTaken
from governance.referee import Referee
from tests.counts import count
from tests.property.cases import ITEM
from tests.property.test_ways import drawn

PARTS, MOST_STEPS = 4, 5


@pytest.mark.parametrize("part", range(PARTS))
def test_the_open_steps_are_those_that_a_decision_in_full_allows(part):
    found = 0
    for seed in range(part, count(reduced=600, full=12_000), PARTS):
        case, _ = drawn(seed)
        referee, random = Referee(case.book), Random(seed)
        for _ in range(MOST_STEPS):
            on = case.request.on
            decided = referee.next_steps(case.entity, on, case.record)
            allowed = [each for each in decided if each.allowed]
            names = tuple(each.request.step for each in allowed)
            assert referee.open_steps(case.entity, on, case.record) == names, seed
            if not allowed:
                break
            found += 1
            taken = random.choice(allowed)
            step = referee.step_for(referee.process(case.entity), taken.request.step, case.entity.state)
            stepped = StepTaken(taken.request, taken.from_state, taken.to_state, step.act, step.new_round)
            case = case.after(ITEM, stepped)
    assert found > count(reduced=600, full=12_000) // PARTS // 4
