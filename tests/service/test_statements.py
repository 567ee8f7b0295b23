"""A question or an act takes as many statements among a thousand events of other items as among a few."""

from contextlib import contextmanager

from sqlalchemy import event

from governance.service import advance, correct, history, item, record_fact, steps, way
from tests.benchmarks.filling import PATTERN, enter_pattern, fill
from tests.service.asking import new, problems

MOST_OF_AN_ADVANCE = 13


@contextmanager
def statements(gov):
    """The statements sent to the driver."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(gov.engine, "before_cursor_execute", note)
    yield sent
    event.remove(gov.engine, "before_cursor_execute", note)


def counts(gov, id_):
    """How many statements each question and act on an item takes."""
    new(gov, id_)
    wrong = record_fact(gov, id_, "stoerrelse", "M", source="x").event
    asked = {
        "advance": lambda: advance(gov, id_, "meld-klar", "kombit", version=2),
        "refused": lambda: advance(gov, id_, "bestil", "kombit"),
        "correct": lambda: correct(gov, wrong, reason="en fejl", value="L"),
        "item": lambda: item(gov, id_),
        "item of many events": lambda: item(gov, PATTERN),
        "item as known": lambda: problems(item, gov, id_, known="2025-11-19"),
        "steps": lambda: steps(gov, id_),
        "way": lambda: way(gov, id_, "besluttet"),
        "history": lambda: history(gov, id_),
        "unknown item": lambda: problems(item, gov, "ukendt"),
        "unknown thing": lambda: problems(history, gov, "ukendt"),
    }
    found = {}
    for name, ask in asked.items():
        with statements(gov) as sent:
            ask()
        found[name] = len(sent)
    return found


def test_the_number_of_statements_does_not_grow_with_the_record(each_gov):
    enter_pattern(each_gov)
    among_few = counts(each_gov, "ÆØ-1")
    fill(each_gov, 1_000)
    among_many = counts(each_gov, "ÆØ-2")
    assert among_many == among_few
    assert among_few["advance"] <= MOST_OF_AN_ADVANCE
