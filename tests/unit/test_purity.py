"""The core loads no library of the shells around it, and no file, however it is imported."""

import pkgutil
import subprocess
import sys

import pytest

import governance
from tests.counts import FULL

SHELLS = {"audit", "cli", "documents", "files", "parsing", "service", "store", "temporal"}
NAMED = ("flask", "marshmallow", "ruamel", "sqlalchemy")
FOREIGN = (
    *NAMED,
    "flask",
    "sqlalchemy",
    "marshmallow",
    "ruamel",
    "alembic",
    "click",
    "werkzeug",
    "jinja2",
    "temporalio",
)
SELDOM = {
    *("alembic", "authlib", "babel", "docx", "flask", "gunicorn", "icalendar", "jinja2", "lxml"),
    *("temporalio", "typst", "web", "werkzeug", "xlsxwriter"),
}
"""What only the pages, the papers, the workbooks or a new version of the tables are made with."""
PROBE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sys.modules)
"""


def core_modules() -> list[str]:
    found = pkgutil.walk_packages(governance.__path__, "governance.")
    names = [each.name for each in found if each.name.split(".")[1] not in SHELLS]
    return ["governance", *names]


def loaded_by(*modules: str) -> set[str]:
    """The modules loaded by a process of its own that imports these."""
    command = [sys.executable, "-W", "error", "-c", PROBE, *modules]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_the_core_is_more_than_a_few_modules() -> None:
    assert {"governance.conditions.judge", "governance.referee", "governance.record"} <= set(core_modules())
    assert len(core_modules()) > 30


@pytest.mark.parametrize("library", NAMED)
def test_the_probe_sees_a_foreign_library_that_is_loaded(library: str) -> None:
    assert library in loaded_by(library)


def test_importing_the_whole_core_loads_no_foreign_library() -> None:
    probe = (
        "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", probe, *core_modules()],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(FOREIGN)
    shells = {f"governance.{shell}" for shell in SHELLS}
    assert shells.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("module", core_modules()[:: 1 if FULL else 8])
def test_a_core_module_can_be_the_first_to_be_imported(module: str) -> None:
    assert {name.partition(".")[0] for name in loaded_by(module)}.isdisjoint(FOREIGN)


def test_the_commands_load_no_library_that_few_of_them_need() -> None:
    """Each would be waited for by whoever asks for one item."""
    loaded = {name.partition(".")[0] for name in loaded_by("governance.cli")}
    assert loaded.isdisjoint(SELDOM), "import it in the function that needs it"
