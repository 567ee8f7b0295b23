"""`governance import` and `governance export`."""

import json

import pytest

ITEMS = "nummer;type;titel;hvornår;kilde\nØÆ-1716;aendringsoenske;Undertyper;9.9.2024;liste\n"


@pytest.fixture
def table(tmp_path):
    """A table of items."""
    path = tmp_path / "items.csv"
    path.write_text(ITEMS, encoding="utf-8")
    return path


def test_a_table_is_taken_in_and_what_was_put_right_is_said(run, table):
    answer = run("import", table, "--template", "items")
    assert answer.code == 0
    head = run("audit", "head").out.strip()
    assert head.startswith("1:")
    assert answer.out.splitlines() == [
        "Bemærk: kolonnerne er adskilt af semikolon",
        "Bemærk: skrevet om i `hvornår`: 1, den første fra `9.9.2024` til `2024-09-09`",
        "række 2, kolonne `nummer`: `ØÆ-1716` læses som `ÆØ-1716`",
        "Indlæst. Nye rækker: 1, i forvejen: 0. Begivenheder: 1",
        f"Hoved: {head}",
    ]
    again = run("import", table, "--template", "items", "--language", "en")
    assert again.out.splitlines()[-2:] == [
        "Taken in. New rows: 0, there already: 1. Events: 0",
        f"Head: {head}",
    ]
    assert run("history", "ÆØ-1716").code == 0


def test_a_dry_run_says_what_would_happen_and_stores_nothing(run, table):
    answer = run("import", table, "--template", "items", "--dry-run")
    assert (
        answer.out.splitlines()[-1] == "Prøve, intet er gemt. Nye rækker: 1, i forvejen: 0. Begivenheder: 1"
    )
    assert run("history", "ÆØ-1716").code == 2


def test_how_past_steps_were_judged_is_said(run, table, tmp_path):
    run("import", table, "--template", "items")
    events = tmp_path / "events.csv"
    events.write_text("sag;skridt;organ;dato\n1716;afklar;kombit;2025-01-01\n1716;bestil;kombit;2025-01-02\n")
    answer = run("import", events, "--template", "events", "--source", "referat", "--language", "en")
    assert answer.out.splitlines()[-2] == "The steps were judged: 1 kept, 1 unknown"
    told = json.loads(run("import", events, "--template", "events", "--source", "referat", "--json").out)
    assert (told["known"], told["new"], told["stored"]) == (2, 0, True)
    assert told["head"] == run("audit", "head").out.strip()
    dry = events.read_text().replace("2025-01", "2025-02")
    events.write_text(dry)
    told = json.loads(
        run("import", events, "--template", "events", "--source", "r", "--dry-run", "--json").out
    )
    assert (told["verdicts"], told["stored"], told["head"]) == ({"unknown": 2}, False, "")


def test_every_fault_is_a_line_and_the_code_is_that_of_what_cannot_be_used(run, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("nummer;type;titel;kilde\nÆØ-1;x;y;k\nÆØ-2;y;;k\n")
    answer = run("import", path, "--template", "items")
    assert (answer.code, answer.out) == (2, "")
    assert [line.partition(":")[0] for line in answer.err.splitlines()] == [
        "række 2, kolonne `type`",
        "række 3, kolonne `titel`",
        "række 3, kolonne `type`",
    ]
    assert run("import", tmp_path / "none.csv", "--template", "items").err.endswith("findes ikke\n")
    assert "mente du `items`" in run("import", path, "--template", "itens").err


def test_faults_are_told_to_programs_with_their_row_and_column(run, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("nummer;type;titel\nÆØ-1;x;y\nÆØ-2;aendringsoenske;z\n")
    answer = run("import", path, "--template", "items", "--json")
    errors = json.loads(answer.out)["error"]
    assert answer.code == 2
    assert [(each["row"], each["column"]) for each in errors] == [(2, "type"), (3, "")]
    assert answer.err.splitlines() == [each["da"] for each in errors]


def test_without_a_file_the_template_is_shown_or_written(run, tmp_path):
    shown = run("import", "--template", "ballots")
    assert (
        shown.out.lstrip("\ufeff").splitlines()[0]
        == "sag;organisation;møde;point;id;hvornår;kilde;skrevet af"
    )
    english = run("import", "--template", "ballots", "--language", "en")
    assert english.out.lstrip("\ufeff").startswith("item;organisation;meeting;score;id;on;source;recorder")
    for name in ("t.csv", "t.xlsx", "t.jsonl"):
        answer = run("import", "--template", "items", "--out", tmp_path / name)
        assert (answer.code, (tmp_path / name).stat().st_size > 0) == (0, True)
        assert "stoerrelse" in answer.out
        untouched = run("import", tmp_path / name, "--template", "items")
        assert (untouched.code, "skabelonens eksempel" in untouched.err) == (2, True)
        again = run("import", "--template", "items", "--out", tmp_path / name)
        assert (again.code, again.err) == (2, f"{tmp_path / name} findes allerede; vælg et andet navn\n")
    odd = run("import", "--template", "items", "--out", tmp_path / "t.txt")
    assert (odd.code, odd.err) == (2, "t.txt: filens navn skal ende på .csv, .xlsx eller .jsonl\n")
    told = json.loads(run("import", "--template", "items", "--json").out)
    assert "estimat-aar" in told["facts"]


def test_tables_are_written_to_a_file_or_the_screen(demo, tmp_path):
    for what in ("items", "events", "seats", "ballots"):
        for suffix in (".csv", ".xlsx", ".jsonl"):
            answer = demo("export", what, "--out", tmp_path / f"{what}{suffix}")
            assert answer.code == 0
            assert f"rækker skrevet i {tmp_path}" in answer.out.replace("\n", " ")
    shown = demo("export", "items", "--out", "-", "--language", "en")
    assert shown.out.lstrip("\ufeff").splitlines()[0].startswith("number;kind;title;parent;on;source")
    assert "ÆØ-1716;aendringsoenske;" in shown.out
    told = json.loads(demo("export", "seats", "--out", tmp_path / "s.csv", "--json").out)
    assert told["rows"] == 17


def test_what_cannot_be_written_is_told(demo, tmp_path):
    assert demo("export", "items", "--out", tmp_path / "t.pdf").code == 2
    assert demo("export", "budgets", "--out", tmp_path / "t.csv").code == 2
    assert demo("export", "items").err == "--out mangler; se --help\n"


def test_the_demo_round_is_taken_in_again_from_what_was_written(demo, run, tmp_path, monkeypatch):
    demo("export", "items", "--out", tmp_path / "items.xlsx")
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", str(tmp_path / "other.sqlite"))
    answer = run("import", tmp_path / "items.xlsx", "--template", "items")
    assert answer.code == 0, answer.err
    assert "i forvejen: 0" in answer.out
