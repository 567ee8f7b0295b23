"""The example row of an empty table names what the rules of the group at hand know."""

from dataclasses import replace

import pytest

from governance.service import import_table, template_view, write_template
from governance.service.importing.templates import TEMPLATES
from tests.bolig_book import BOOK, BOOKS
from tests.service.asking import problems


@pytest.fixture
def houses(gov):
    """An empty record of the tests' housing association."""
    return replace(gov, rulebooks=BOOKS)


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_example_names_bodies_kinds_and_steps_of_the_rules_at_hand(houses, name):
    known = {
        "body": {each.id for each in BOOK.bodies},
        "kind": {each.id for process in BOOK.processes for each in process.kinds},
        "step": {each.id for process in BOOK.processes for each in process.steps},
        "organisation": {*BOOK.organisation_by_id, ""},
    }
    view = template_view(houses, name)
    for column in TEMPLATES[name].columns:
        if column.reads in known:
            assert view.example[column.name] in known[column.reads], column.name


def test_the_example_row_of_another_groups_table_is_known_as_one(houses, tmp_path):
    path = tmp_path / "bodies.csv"
    write_template(template_view(houses, "bodies"), path)
    (told,) = problems(import_table, houses, path, "bodies")
    assert told.endswith("the row is the template's example; delete it")
