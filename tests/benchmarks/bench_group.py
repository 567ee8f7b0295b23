"""What rotation costs: a plan for nine vacancies among 98 municipalities, and twenty years judged day by day.

The floor is one judgement of the same group on one day, taken beside it in the same run.
"""

from datetime import date
from statistics import median
from time import process_time

from governance.record import fold
from governance.roster import judged_spans, seats_on
from governance.service import plan_seats, record_thing
from governance.service.reading import the_group
from tests.benchmarks.databases import demo_in

TOWNS = (
    "Horsens",
    "Middelfart",
    "Lolland",
    "Køge",
    "Fredensborg",
    "Aalborg",
    "Glostrup",
    "Fredericia",
    "Odense",
)
YEARS = 20
BODY = "referencegruppen"
PLAN_AIM, SPAN_AIM = 2_000, 4_000
"""The most judgements of one day that a plan, and twenty years, may cost."""


def seconds(act):
    start = process_time()
    act()
    return process_time() - start


def one_day(gov, on):
    record = fold(the_group(gov, None).events, by=on)
    book = gov.rulebooks.books[0]
    return median(seconds(lambda: seats_on(record, book, on, BODY)) for _ in range(5))


def test_a_plan_for_nine_vacancies_among_all_municipalities(tmp_path, capsys):
    with demo_in(f"sqlite:///{tmp_path}/plan.sqlite") as gov:
        seats = [f"plads-{n}" for n in range(1, 10)]
        floor = one_day(gov, date(2025, 9, 10))
        for seat in seats:
            record_thing(gov, f"fri-{seat}", "seat", links={"body": BODY}, facts={}, source="x")
        taken = seconds(lambda: plan_seats(gov, on="2026-11-22", seats=[f"fri-{seat}" for seat in seats]))
    with capsys.disabled():
        print(f"\nplan: {taken:.1f} s of processor time, {taken / floor:.0f} judgements of a day")  # noqa: T201
    assert taken / floor <= PLAN_AIM


def test_twenty_years_of_terms_are_judged_by_their_change_points(tmp_path, capsys):
    with demo_in(f"sqlite:///{tmp_path}/span.sqlite") as gov:
        for number, town in enumerate(TOWNS):
            record_thing(
                gov, f"s{number}", "seat", links={"body": BODY}, facts={}, on="2024-01-01", source="x"
            )
            for year in range(2005, 2005 + YEARS, 2):
                facts = {"from": f"{year}-0{number % 9 + 1}-01", "to": f"{year + 2}-0{number % 9 + 1}-01"}
                links = {"seat": f"s{number}", "organisation": town}
                said = {"on": "2024-01-01", "source": "x"}
                record_thing(gov, f"s{number}/{year}", "term", links=links, facts=facts, **said)
        floor = one_day(gov, date(2024, 9, 10))
        events, books = the_group(gov, None).events, gov.current_rulebooks()
        spans = []
        taken = seconds(
            lambda: spans.extend(judged_spans(events, books, BODY, date(2024, 1, 1), date(2026, 11, 22)))
        )
    with capsys.disabled():
        print(  # noqa: T201
            f"\nspan of {len(spans)} stretches: {taken:.1f} s of processor, {taken / floor:.0f} judgements"
        )
    assert taken / floor <= SPAN_AIM
