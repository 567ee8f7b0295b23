"""A group of three municipalities with items that are ready, a meeting and a round, for tests of them."""

from concurrent.futures import ThreadPoolExecutor

from governance.model import Conflict, RequestError
from governance.service import add_item, advance, open_round, put_on_agenda, record_thing

MEETING, ROUND = "møde-1", "runde-1"
BEFORE = "2026-01-04"
BEGINS, DAY, CLOSES = "2026-01-05", "2026-02-10", "2026-02-09"
SEATED = ("Odense", "Vejle", "Aalborg")


def group(gov, clock, *, seated=SEATED, items=3):
    """Seats with their holders, KL as an observer, and items that are ready to be prioritised."""
    clock.set(BEGINS)
    body = {"body": "referencegruppen"}
    facts = {"places": str(len(seated))}
    record_thing(gov, "referencegruppen", "body", links={}, facts=facts, origin="live", source="x")
    for number, name in enumerate(seated, 1):
        seat = f"plads-{number}"
        told = {"on": BEFORE, "origin": "history", "source": "x"}
        record_thing(gov, seat, "seat", links=body, facts={}, **told)
        sits = {"organisation": name, "from": BEGINS}
        assert advance(gov, seat, "indsaet", "kombit", inputs=sits, **told).allowed
    for number in range(1, items + 1):
        add_item(gov, f"ÆØ-{number}", "aendringsoenske", f"Ønske {number}")
        assert advance(gov, f"ÆØ-{number}", "meld-klar", "kombit").allowed


def planned(gov, id_=MEETING, day=DAY, **facts):
    """A meeting to come."""
    told = {"date": day, **facts}
    return record_thing(
        gov, id_, "meeting", links={"body": "referencegruppen"}, facts=told, origin="live", source="x"
    )


def agenda(gov, *items, meeting=MEETING):
    """Items under the section on prioritising: points 6.1, 6.2 and so on."""
    return [put_on_agenda(gov, meeting, "prioritering", item=item).entity for item in items]


def opened_round(gov, clock, **more):
    """A round over all that is on the agenda of a meeting."""
    group(gov, clock, **more)
    planned(gov)
    agenda(gov, *[f"ÆØ-{number}" for number in range(1, more.get("items", 3) + 1)])
    assert open_round(gov, ROUND, "referencegruppen", closes=CLOSES, meeting=MEETING).allowed


def reasons(receipt):
    """Why a step was refused: the rules with their clauses; every one gives a reason in both languages."""
    assert all(each.because.da and each.because.en for each in receipt.blocking)
    return {each.rule: each.clause for each in receipt.blocking}


def at_once(*acts):
    """Which of some acts were allowed, all tried at the same time; a database that is busy is asked again."""

    def allowed(act):
        while True:
            try:
                return act().allowed
            except Conflict:
                return False
            except RequestError as error:
                if "the database is busy" not in error.problems[0].en:
                    raise

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(allowed, acts))
