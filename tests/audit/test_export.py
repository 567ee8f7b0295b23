"""An export holds everything in one file, line by line, and no line of it can be changed unseen."""

import io
import json
import random
import sys
from itertools import pairwise

import pytest

from governance.audit import export, recheck
from governance.audit.lines import as_written, read_lines, write_line
from governance.audit.problems import Problems
from governance.model import RequestError
from governance.service import audit_export, audit_head, audit_recheck, load_demo, open_governance
from tests.audit.record import change, exported, lines_of, superuser
from tests.counts import count


def said(lines, kind):
    """What the lines of a kind say."""
    found = (json.loads(line)["line"] for line in lines)
    return [line for line in found if line["is"] == kind]


def damaged(lines):
    """The numbers of the lines that are named as damaged, by the reader alone."""
    damage = Problems()
    list(read_lines(lines, damage))
    return [int(problem.place.da.removeprefix("linje ")) for problem in damage.told()]


def named(lines):
    """The same, by the whole recheck."""
    found = recheck(lines)
    assert all(problem.place.da.startswith("linje ") for problem in found.problems)
    return [int(problem.place.da.removeprefix("linje ")) for problem in found.problems]


def test_a_file_says_what_it_is_and_that_it_names_nobody(gov):
    lines = exported(gov)
    (header,) = said(lines, "header")
    assert (header["format"], header["version"]) == ("governance-audit", 1)
    assert header["head"] == audit_head(gov)
    assert header["counts"] == {"rulebooks": 1, "events": 30, "things": 11}
    assert "their names are not here" in header["about"]["en"]
    assert b"Formanden" not in b"".join(lines)


def test_events_stand_with_their_texts_and_things_with_their_facts(lines):
    fact = said(lines, "event")[3]
    assert fact["event"]["number"] == 4
    assert [(text["place"], text["text"]) for text in fact["texts"]] == [("fact", "lille")]
    whole = said(lines, "event")[14]
    assert sorted((text["place"], text["text"]) for text in whole["texts"]) == [
        ("fact", "lille"),
        ("source", "Ansøgningen"),
    ]
    thing = next(line for line in said(lines, "thing") if line["id"] == "ÆØ-1")
    assert (thing["state"], thing["version"], thing["kind"]) == ("besluttet", 6, "sag")
    source = said(lines, "event")[4]["event"]["source"]
    assert thing["facts"]["pris"] == {"value": {"numbers": ["90", "90"]}, "source": source, "event": 5}
    assert thing["facts"]["art"]["value"] == {"words": ["lille"], "scale": []}
    assert thing["facts"]["art"]["source"] == fact["event"]["source"] != ""


def test_the_rules_stand_in_the_file(lines):
    (rules,) = said(lines, "rulebook")
    assert rules["files"].keys() == {"lauget.yaml"}
    assert "kun-smaa" in rules["files"]["lauget.yaml"]


def test_two_exports_of_one_record_are_the_same_bytes(gov):
    assert exported(gov) == exported(gov)


def test_a_whole_file_has_no_damage(lines):
    assert damaged(lines) == []
    assert named(lines) == []


@pytest.mark.parametrize("turn", range(count(reduced=1, full=8)))
def test_no_flip_at_any_byte_of_a_file_leaves_its_line_as_it_was_written(lines, turn):
    """A newline that is gone joins two lines, a new one splits one: then the first of the two is named."""
    tried = 0
    for line, following in pairwise([*lines, b""]):
        for place in range(len(line)):
            raw = bytearray(line)
            raw[place] ^= 1 << (place + turn) % 8
            first = lines_of(bytes(raw) + following)[0]
            assert as_written(first) is None, (place, first)
            tried += 1
    assert tried == sum(map(len, lines)) > 40_000


def test_flips_are_named_by_the_whole_recheck(lines):
    dice = random.Random(5)
    whole = b"".join(lines)
    for _ in range(count(reduced=60, full=3000)):
        place = dice.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        number = whole.count(b"\n", 0, place) + 1
        assert named(lines_of(bytes(changed)))[0] == number


def test_flips_in_the_file_of_the_demo_are_named(tmp_path):
    gov = open_governance(f"sqlite:///{tmp_path / 'demo.sqlite'}")
    load_demo(gov)
    whole = b"".join(exported(gov))
    gov.engine.dispose()
    dice = random.Random(7)
    for _ in range(count(reduced=25, full=1000)):
        place = dice.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        assert damaged(lines_of(bytes(changed)))[0] == whole.count(b"\n", 0, place) + 1


@pytest.mark.parametrize("number", [1, 2, 3, 17, 32, 33, 42])
def test_a_line_missing_doubled_or_swapped_is_named(lines, number):
    at = number - 1
    assert damaged([*lines[:at], *lines[at + 1 :]])[0] == number
    assert damaged([*lines[:at], lines[at], *lines[at:]])[0] == number + 1
    swapped = [*lines]
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
    assert damaged(swapped)[0] == number


def test_a_file_cut_short_or_made_longer_is_named(lines):
    last = len(lines)
    assert damaged(lines[:-1]) == [last]
    assert damaged([*lines[:-1], lines[-1][:-1]])[0] == last
    assert damaged([*lines, lines[-1]]) == [last + 1, last + 1]
    assert damaged([*lines, b"\n"]) == [last + 1]
    assert damaged([]) == [1]
    assert damaged([*lines, write_line(last + 1, "event", {})]) == [last + 1, last + 2]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b'{"line":{},"sha256":""}\n',
        b"[" * 100_000 + b"\n",
        b'{"line":{"n":' + b"9" * 5000 + b'},"sha256":""}\n',
        b'{"line":{"n":NaN},"sha256":""}\n',
        b"\xff\n",
    ],
)
def test_a_line_that_is_none_is_named(lines, line):
    assert damaged([lines[0], line, *lines[2:]]) == [2]


@pytest.mark.parametrize("kind", ["header", "rulebook", "event", "thing", "end"])
def test_a_well_made_line_that_says_something_else_is_named(lines, kind):
    number = next(n for n, line in enumerate(lines, 1) if json.loads(line)["line"]["is"] == kind)
    found = recheck([*lines[: number - 1], write_line(number, kind, {}), *lines[number:]])
    assert f"linje {number}" in [problem.place.da for problem in found.problems]


def test_a_record_with_faults_is_not_exported_and_its_faults_are_told(gov):
    with superuser(gov.engine) as connection:
        change(connection, "things", "state", "besluttet", "id", "ÆØ-2")
        file = io.BytesIO()
        found = export(connection, file)
    assert [problem.place.da for problem in found.problems] == ["things ÆØ-2"]
    assert file.getvalue() == b""


def test_a_file_is_written_whole_or_not_at_all(gov, tmp_path, monkeypatch):
    file = tmp_path / "record.jsonl"
    assert audit_export(gov, file).problems == ()
    assert audit_recheck(file, expect=[audit_head(gov)]).problems == ()
    with pytest.raises(RequestError, match=r"record\.jsonl is there already; choose another name"):
        audit_export(gov, file)
    with pytest.raises(RequestError, match="cannot be written"):
        audit_export(gov, tmp_path / "nowhere" / "record.jsonl")

    def broken(*_):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(sys.modules["governance.audit.export"], "facts_told", broken)
    with pytest.raises(RuntimeError, match="the power is gone"):
        audit_export(gov, tmp_path / "other.jsonl")
    assert [each.name for each in tmp_path.iterdir()] == ["record.jsonl"]


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(RequestError, match="cannot be read"):
        audit_recheck(tmp_path / "nothing.jsonl")
