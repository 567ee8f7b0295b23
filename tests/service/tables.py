"""Tables to take in, and what comes of it."""

from dataclasses import replace

import pytest

from governance.model import RequestError
from governance.record import fold
from governance.service import import_table, rules_folder
from tests.service.asking import everything

ITEMS = """nummer;type;titel;hvornår;kilde;stoerrelse
ÆØ-1765;aendringsoenske;Screening;2024-09-01;liste;M
ÆØ-1754;aendringsoenske;Overførsel;2024-09;liste;
"""
EVENTS = """sag;skridt;organ;hvornår;kilde
ÆØ-1765;afklar;referencegruppen;2025-03;referat
ÆØ-1765;hoer;kombit;..2025-09-09;referat
ÆØ-1754;bestil;kombit;2025-01-15;referat
"""
GROUP = {
    "bodies": """organ;places;kilde;hvornår
referencegruppen;9;kommissorium;2024-01-01
""",
    "seats": """plads;organ;kilde;hvornår
plads-1;referencegruppen;liste;2024-01-01
plads-2;referencegruppen;liste;2024-01-01
""",
    "terms": """plads;kommune;fra;til;kilde
plads-1;Horsens;1.1.2024;2025-12-31;liste
plads-2;Køge;2024-02;;liste
""",
    "meetings": """møde;organ;dato;titel;kilde
moede-1;referencegruppen;12.3.2025;Møde;referat
""",
    "attendance": """møde;kommune;fremmøde;kilde
moede-1;Horsens;til stede;referat
moede-1;Køge;Afbud;referat
""",
    "agenda": """møde;punkt;titel;sag;konklusion;kilde
moede-1;3.1;Screening;1765;KOMBIT spørger;referat
moede-1;7;Evt.;;;referat
""",
    "ballots": """sag;kommune;møde;point;kilde
1754;Horsens;moede-1;16;referat
1754;Køge;moede-1;;referat
""",
}


def taken(gov, tmp_path, template, content, name="t.csv", **more):
    """A table taken in with DUBU's numbers."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return import_table(replace(gov, folder=rules_folder()), path, template, **more)


def refused(gov, tmp_path, template, content, name="t.csv", **more):
    """The English sentences of what is wrong with a table; nothing of it is stored."""
    before = everything(gov).events
    with pytest.raises(RequestError) as error:
        taken(gov, tmp_path, template, content, name, **more)
    assert everything(gov).events == before
    assert all(problem.da.strip() and problem.da != problem.en for problem in error.value.problems)
    return [problem.en for problem in error.value.problems]


def whole_group(gov, tmp_path):
    """Items, and everything of the group."""
    taken(gov, tmp_path, "items", ITEMS)
    for template, content in GROUP.items():
        taken(gov, tmp_path, template, content)


def record(gov):
    """Everything there is, by id."""
    return fold(everything(gov).events)
