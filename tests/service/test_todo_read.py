"""What waits is the same whether only that is read or the whole record, and costs by what waits."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from sqlalchemy import select

from governance.files import read_folder
from governance.model import RequestError
from governance.parsing import parse_rulebook
from governance.rulebook import Rulebooks
from governance.service import (
    Caller,
    Office,
    add_item,
    advance,
    answer,
    cast,
    consult,
    correct,
    items,
    items_page,
    open_round,
    record_fact,
    record_thing,
    steps,
    todo,
    waiting,
)
from governance.service.opening import looking
from governance.service.reading import the_record
from governance.service.shelves import Past, Present
from governance.service.tasks import first_tasks
from governance.service.todo import look_ahead, waiting_items
from governance.store import reading
from governance.store.schema import things
from governance.values import day
from governance.vocabulary import SCOPES, leads_to
from tests.bolig_book import FOLDER as OF_THE_HOUSES
from tests.callers import BEGAN, PROJECT_GROUP, READER, SECRETARIAT, STEERING_GROUP
from tests.dubu_book import BOOK, REFEREE
from tests.service.asking import everything, problems
from tests.service.meeting import CLOSES, ROUND, SEATED, agenda, group, planned

BODIES = [body.id for body in BOOK.bodies]


def both_ways(gov, **asked):
    """What is told of today with no more read than is needed, and with everything read."""
    with looking(gov) as connection:
        lean = look_ahead(gov, connection, "", 30)
        assert isinstance(lean.shelf, Present)
        past = Past(the_record(gov, None), lean.book, day(gov.today))
        whole = replace(lean, shelf=past, judged=past.record)
        return [(first_tasks(each), waiting_items(each, **asked)) for each in (lean, whole)]


def told_alike(gov):
    """Hold the two ways against each other, for everybody and for each body, whole and by pages."""
    lean, whole = both_ways(gov, own=None, page=1, per_page=0)
    assert lean == whole
    tasks = whole[1].tasks
    for page in (1, 2, 99):
        lean, whole = both_ways(gov, own=None, page=page, per_page=3)
        assert lean == whole
    for body in [*BODIES, "Odense"]:
        own = [task for task in tasks if body in {who.id for who in task.who}]
        for found in both_ways(gov, own={body}, page=1, per_page=0):
            assert list(found[1].tasks) == own
        walked, page, more = [], 0, True
        while more:
            page += 1
            lean, whole = both_ways(gov, own={body}, page=page, per_page=2)
            assert lean == whole
            walked, more = [*walked, *lean[1].tasks], lean[1].more
        assert walked == own
    return tasks


def some_act(chance, gov, ids):
    """One thing done at random; what the rules or the record refuse is no matter."""
    id_ = chance.choice(ids)
    match chance.randrange(9):
        case 0:
            kind = chance.choice(["aendringsoenske", "henvendelse", "tilbagemelding"])
            ids.append(add_item(gov, f"ÆØ-{len(ids) + 20}", kind, f"Ønske {len(ids)}").entity)
        case 1:
            ids.append(add_item(gov, f"{id_}/{len(ids)}", "spor", "Et spor", parent=id_).entity)
        case 2:
            record_fact(gov, id_, "stoerrelse", chance.choice(["XS", "M", "L"]), source="x")
        case 3:
            record_fact(gov, id_, "estimat-aar", chance.choice(["1/10", "1/2", "2"]), source="x")
        case 4:
            consult(gov, id_, chance.choice(["KL", "Odense"]), "Hvad?")
        case 5:
            asked = [each for each in every_thing(gov) if "consultation" in each]
            answer(gov, chance.choice(asked or ["ingen"]), "Ja")
        case 6:
            told = [each.number for each in everything(gov).events if "consultation" in each.entity]
            correct(gov, chance.choice(told or [0]), reason="skrevet forkert")
        case _:
            able = [step for step in steps(gov, id_) if step.starts_here]
            step = chance.choice(able)
            advance(gov, id_, step.id, chance.choice(step.by).id)


def every_thing(gov):
    with reading(gov.engine) as connection:
        return list(connection.execute(select(things.c.id).order_by(things.c.id)).scalars())


@pytest.mark.parametrize("seed", range(4))
def test_what_waits_is_told_alike_with_the_record_read_whole_and_with_what_is_needed(gov, clock, seed):
    group(gov, clock, items=4)
    planned(gov)
    agenda(gov, "ÆØ-1", "ÆØ-2")
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1", "ÆØ-2"])
    cast(gov, ROUND, SEATED[0], {"ÆØ-1": "1"})
    record_thing(gov, "plads-9", "seat", links={"body": "referencegruppen"}, facts={}, source="x")
    chance, ids = Random(seed), ["ÆØ-1", "ÆØ-2", "ÆØ-3", "ÆØ-4"]
    for number in range(90):
        try:
            some_act(chance, gov, ids)
        except (RequestError, IndexError):
            continue
        if number % 30 == 29:
            clock.now += timedelta(days=5)
            told_alike(gov)
    assert told_alike(gov)


def test_what_waits_in_the_demo_round_is_told_alike(demo):
    assert told_alike(demo)


def test_whom_an_item_may_wait_for_is_told_by_its_kind_and_state():
    waited_for = REFEREE.waited_for
    assert waited_for["aendringsoenske", "klar"] == {"referencegruppen"}
    assert waited_for["aendringsoenske", "besluttet"] >= {"kombit", "kommunestyregruppen"}
    assert "netcompany" not in waited_for["aendringsoenske", "besluttet"]
    assert ("aendringsoenske", "indmeldt") not in waited_for


def test_an_answer_that_a_correction_took_away_is_waited_for_until_it_is_given_back(each_gov, clock):
    gov = each_gov
    group(gov, clock, items=2)
    for item in ("ÆØ-1", "ÆØ-2"):
        assert consult(gov, item, "KL", "Hvad?").allowed
        answer(gov, f"{item}/consultation", "Ja")

    def lacking():
        return [task.about.id for task in todo(gov).tasks if task.why == "answer"]

    told = [each for each in everything(gov).events if "consultation" in each.entity]
    facts = {(each.entity[:4], getattr(each.payload, "fact", "")): each.number for each in told}
    assert correct(gov, facts["ÆØ-2", "answer"], reason="skrevet forkert", value="Nej").allowed
    assert correct(gov, facts["ÆØ-1", "answer"], reason="aldrig svaret").allowed
    assert lacking() == []
    taken = correct(gov, facts["ÆØ-1", "answered"], reason="aldrig svaret")
    assert lacking() == ["ÆØ-1"]
    assert correct(gov, taken.event, reason="svaret alligevel").allowed
    assert lacking() == []


def test_no_row_but_an_items_own_leads_to_items_so_that_duties_on_the_group_read_none():
    assert [scope for scope in SCOPES if "item" in leads_to(scope)] == ["item"]
    assert not BOOK.duties_see_items


def test_a_duty_on_items_is_told_of_an_item_that_waits_for_no_step(gov, clock, rulebook):
    """The rule has all items read: those at rest are judged too."""
    duty = """
  - id: stoerrelse-senest
    label: {da: Størrelsen skal være kendt, en: The size must be known}
    ours: true
    for_each: item
    force: must
    due: 2026-02-01
    requires: {recorded: stoerrelse, of: item}
    otherwise: {da: Størrelsen mangler, en: The size is missing}
"""
    folder = Path(rulebook(start="2024-01-01"))
    rules = folder / "rounds.yaml"
    rules.write_text(rules.read_text("utf-8").replace("\nrules:\n", f"\nrules:{duty}", 1), "utf-8")
    documents = read_folder(folder)
    book = parse_rulebook(documents, "0" * 64)
    assert book.duties_see_items
    of_items = replace(gov, rulebooks=Rulebooks((book,)), referees={})
    clock.set("2026-01-30")
    add_item(of_items, "ÆØ-7", "aendringsoenske", "Et ønske")
    (task,) = [task for task in todo(of_items).tasks if task.why == "duty"]
    assert (task.about.id, task.until, task.walks) == ("ÆØ-7", "2026-02-01", True)
    record_fact(of_items, "ÆØ-7", "stoerrelse", "M", source="x")
    assert [task for task in todo(of_items).tasks if task.why == "duty"] == []


@pytest.fixture
def forty(gov, clock):
    """Forty items that wait for the reference group, and one that waits for the project group, the last."""
    group(gov, clock, items=40)
    planned(gov)
    for step, body in (("prioriter", "referencegruppen"), ("indstil", "referencegruppen")):
        assert advance(gov, "ÆØ-40", step, body).allowed
    return gov


def test_items_that_wait_are_told_a_page_at_a_time_by_number_and_the_rest_on_the_first(forty):
    pages = [todo(forty, page=page, per_page=15) for page in (1, 2, 3)]
    assert [(each.page, each.pages, each.total, each.more) for each in pages] == [
        (1, 3, 40, True),
        (2, 3, 40, True),
        (3, 3, 40, False),
    ]
    assert todo(forty, page=99, per_page=15) == pages[2]
    joined = tuple(task for each in pages for task in each.tasks)
    assert joined == todo(forty).tasks
    about = list(dict.fromkeys(task.about.id for task in joined))
    assert about == ["møde-1", *(f"ÆØ-{number}" for number in range(1, 41))]
    assert {task.about.id for task in pages[0].tasks} == {"møde-1", *about[1:16]}


def test_with_a_body_only_what_waits_for_it_is_told_and_nothing_hides_it(forty):
    found = todo(forty, body="projektgruppen", per_page=15)
    assert {task.about.id for task in found.tasks} == {"ÆØ-40"}
    assert (found.body.id, found.total, found.pages, found.more) == ("projektgruppen", None, None, False)
    first = todo(forty, body="referencegruppen", per_page=15)
    assert (len({task.about.id for task in first.tasks}), first.more) == (15, True)
    assert todo(forty, body="referencegruppen", per_page=15, page=4).tasks == ()
    assert problems(todo, forty, body="projektgrupen")


def seen_by(gov, who):
    return waiting(replace(gov, caller=who))


def test_the_own_task_of_a_body_stands_on_the_start_page_behind_however_many_of_others(forty):
    assert {task.about.id for task in seen_by(forty, PROJECT_GROUP).tasks} == {"ÆØ-40"}
    assert seen_by(forty, STEERING_GROUP).tasks == ()
    assert seen_by(forty, READER).tasks == ()
    reference = Caller("r", "R", (Office("mandat", "referencegruppen", from_=BEGAN),), None)
    view = seen_by(forty, reference)
    assert len({task.about.id for task in view.tasks}) == 25
    assert (view.more, [each.id for each in view.bodies]) == (True, ["referencegruppen"])
    everything_ = seen_by(forty, SECRETARIAT)
    assert everything_.more
    assert everything_.tasks[0].about.id == "møde-1"


def test_where_rules_on_items_ask_about_the_group_it_is_read_with_each_page_of_items(gov, tmp_path):
    """A proposal is decided at a meeting that was called: what it waits for follows from the meetings."""
    folder = tmp_path / "rules"
    copytree(OF_THE_HOUSES, folder)
    process = folder / "proposals.yaml"
    text = process.read_text("utf-8")
    awaiting = text.replace("{id: stillet,", "{id: stillet, awaits: [beslut],", 1)
    assert awaiting != text
    process.write_text(awaiting, "utf-8")
    book = parse_rulebook(read_folder(folder), "1" * 64)
    houses = replace(gov, rulebooks=Rulebooks((book,)), referees={})
    for number in range(1, 8):
        add_item(houses, f"F-{number}", "forslag", f"Forslag {number}")
    told = {"links": {"body": "faellesraadet"}, "facts": {"date": "2025-11-20"}, "source": "x"}
    record_thing(houses, "møde", "meeting", **told)
    with looking(houses) as connection:
        lean = look_ahead(houses, connection, "", 30)
        present = replace(lean, shelf=Present(connection, book, day(houses.today)))
        found = [waiting_items(each, None, 2, 3) for each in (present, lean)]
    assert found[0] == found[1]
    assert [task.about.id for task in found[0].tasks] == ["F-4", "F-5", "F-6"]
    whole = {line.id: line for line in items(houses)}
    page = items_page(houses, per_page=3, page=2)
    assert [each.line for each in page.lines] == [whole[f"F-{number}"] for number in (4, 5, 6)]
