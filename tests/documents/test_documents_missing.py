"""Without the extra ``docs`` the package imports, the rest works, and what cannot be written says why."""

import subprocess
import sys

import pytest

from governance.documents import (
    DocumentsMissing,
    agenda_docx,
    agenda_pdf,
    meeting_ics,
    minutes_docx,
    minutes_pdf,
)
from governance.documents.missing import needed
from tests.documents.meeting_round import agenda_meeting


@pytest.mark.parametrize(
    ("write", "library"),
    [
        (agenda_pdf, "typst"),
        (minutes_pdf, "typst"),
        (agenda_docx, "docx"),
        (minutes_docx, "docx"),
        (agenda_docx, "lxml"),
        (meeting_ics, "icalendar"),
    ],
)
def test_a_document_whose_library_is_missing_says_what_to_install(write, library, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] in {library, "docx"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DocumentsMissing) as missing:
        write(agenda_meeting(), "da")
    (problem,) = missing.value.problems
    assert f"`{library}`" in problem.da
    assert problem.da.endswith("installer det med: pip install dubu-governance[docs]")
    assert problem.en.endswith("install it with: pip install dubu-governance[docs]")


def test_another_missing_module_is_not_hidden():
    with pytest.raises(ModuleNotFoundError, match="no_such_module"), needed():
        import no_such_module  # noqa: F401


def test_the_package_loads_none_of_the_libraries():
    libraries = "{'docx', 'lxml', 'typst', 'icalendar'}"
    asked = f"import governance.documents, sys; print(sorted({libraries} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
