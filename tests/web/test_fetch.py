"""Set-up of the look: what is fetched is what the lock names, and a machine without it is told so."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from web.look import fetch

LOCK = json.loads((fetch.HERE / "package-lock.json").read_text(encoding="utf-8"))
SHEET = (
    "@font-face{font-family:IBM Plex Sans;src:url(../fonts/whole.woff)}.alert{background:url(../img/a.svg)}"
    ".icon-flag:not(a){background-image:url(../img/flag.svg)}/*# sourceMappingURL=dkfds.min.css.map */"
)


def test_the_lock_names_each_package_by_its_digest_and_no_address():
    packages = {name: each for name, each in LOCK["packages"].items() if name}
    assert list(packages) == ["node_modules/dkfds"]
    for each in packages.values():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", each["integrity"])
        assert "resolved" not in each
    assert "http" not in json.dumps(LOCK)


@pytest.fixture
def dist(tmp_path):
    """A design system of one rule, as its package lays it out."""
    made = tmp_path / "dist"
    (made / "css").mkdir(parents=True)
    (made / "css" / fetch.SHEET).write_text(SHEET, encoding="utf-8")
    (made / "LICENSE.md").write_text("MIT", encoding="utf-8")
    for name in fetch.named(fetch.styled(SHEET)):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"x")
    return made


def test_every_file_the_sheet_names_is_laid_beside_it_with_the_licence(dist, tmp_path):
    target = tmp_path / "static" / "dkfds"
    target.mkdir(parents=True)
    (target / "left from before").touch()
    fetch.lay(dist, target)
    laid = {each.relative_to(target).as_posix() for each in target.rglob("*") if each.is_file()}
    sheet = (target / "css" / "dkfds.css").read_text(encoding="utf-8")
    assert laid == {"css/dkfds.css", "LICENSE.md", *fetch.named(sheet)}
    assert "img/a.svg" in laid
    assert {each for each in laid if "whole" in each or "flag" in each} == set()


def test_a_file_that_the_package_lacks_leaves_what_was_there(dist, tmp_path):
    target = tmp_path / "static" / "dkfds"
    target.mkdir(parents=True)
    (target / "as it was").touch()
    (dist / "img" / "a.svg").unlink()
    with pytest.raises(FileNotFoundError):
        fetch.lay(dist, target)
    assert [each.name for each in target.iterdir()] == ["as it was"]


def test_a_sheet_that_asks_for_a_file_elsewhere_is_refused():
    with pytest.raises(ValueError, match=r"asks for `https://x\.test/a\.css`, which is not beside it"):
        list(fetch.named("@import url(https://x.test/a.css)"))


def test_a_package_with_another_digest_is_refused_by_npm(tmp_path, monkeypatch, capsys):
    if fetch.shutil.which("npm") is None:
        pytest.skip("npm is not installed here")
    other = json.loads(json.dumps(LOCK))
    other["packages"]["node_modules/dkfds"]["integrity"] = "sha512-" + "A" * 86 + "=="
    (tmp_path / "package-lock.json").write_text(json.dumps(other), encoding="utf-8")
    fetch.shutil.copy(fetch.HERE / "package.json", tmp_path)
    monkeypatch.setattr(fetch, "HERE", tmp_path)
    monkeypatch.setattr(fetch, "TARGET", tmp_path / "dkfds")
    assert fetch.main() == 0
    assert not (tmp_path / "dkfds").exists()
    assert "could not be fetched, so the pages keep their own plain look" in capsys.readouterr().err


def test_without_npm_and_without_a_registry_one_line_says_so_and_nothing_fails(tmp_path):
    look = Path(tmp_path) / "look"
    look.mkdir()
    for name in ("fetch.py", "package.json", "package-lock.json"):
        (look / name).write_bytes((fetch.HERE / name).read_bytes())
    nowhere = {"PATH": "", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}
    done = subprocess.run(
        [sys.executable, look / "fetch.py"], env=nowhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "the pages keep their own plain look" in done.stderr
    assert not (tmp_path / "static").exists()
