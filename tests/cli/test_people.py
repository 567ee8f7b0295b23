"""People and the access log on the command line."""

import pytest

NAME = "Qwertine Zappelstrup"
WHY = ("--reason", "bedt om det")


@pytest.fixture
def ref(run, item):
    """Somebody who acted, and whose name stands in a text."""
    run("advance", item, "meld-klar", "--by", "kombit", "--person", NAME)
    run("record", item, "stemmer=3", "--source", f"mail fra {NAME}")
    (found,) = run("people", "list", "--json").json
    return found["ref"]


def test_add_answers_the_reference(run):
    first = run("people", "add", NAME, "--contact", "qz@example.invalid", "--key", "k")
    assert (first.code, first.out.strip()[:2], len(first.out.strip())) == (0, "p-", 10)
    assert run("people", "add", NAME, "--contact", "qz@example.invalid", "--key", "k").out == first.out
    other = run("people", "add", NAME, "--language", "en")
    assert f"{first.out.strip()} has the same name" in other.out
    listed = run("people", "list").out.splitlines()
    assert listed[0].split() == ["Reference", "Navn", "Kontakt"]
    assert f"{first.out.strip()}  {NAME}  qz@example.invalid" in listed
    assert run("people", "add", " ").code == 2


def test_show_says_where_somebody_occurs(run, ref):
    shown = run("people", "show", ref)
    assert shown.out.splitlines() == [
        f"{ref}: {NAME}",
        "Har handlet eller registreret:",
        "  ÆØ-1, begivenhed 2",
        "Tekster om personen, eller med navnet:",
        "  ÆØ-1, begivenhed 3, kilde",
    ]
    wrong = run("people", "show", "p-aaaaaaaa")
    assert (wrong.code, wrong.err.strip()) == (
        2,
        "der er ingen person med referencen `p-aaaaaaaa`; se `governance people list`",
    )


def test_history_names_who_acted_and_who_wrote_it_down(run, item):
    run("advance", item, "meld-klar", "--by", "kombit", "--person", NAME, "--recorder", "Ludvig Brasenhoved")
    assert f"Handlede: {NAME}; Skrevet ned af: Ludvig Brasenhoved" in run("history", item).out
    assert f"Acted: {NAME}; Written down by:" in run("history", item, "--language", "en").out


def test_rename(run, ref):
    done = run("people", "rename", ref, "Ludvig Brasenhoved", "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert "Texts with the old name stay" in done.out
    shown = run("people", "show", ref, "--json").json
    assert (shown["name"], shown["former"]) == ("Ludvig Brasenhoved", [NAME])
    assert f"Tidligere navne: {NAME}" in run("people", "show", ref).out.splitlines()
    assert "ÆØ-1, begivenhed 3, kilde" in run("people", "erase", ref, *WHY).out


def test_erase_shows_what_would_go_and_does_it_only_when_told_to(run, ref):
    shown = run("people", "erase", ref, *WHY)
    assert shown.code == 1
    assert shown.out.startswith(f"Intet er slettet endnu. Med --yes går navn, kontakt og 1 tekst for {ref}.")
    assert "ÆØ-1, begivenhed 3, kilde" in shown.out
    assert NAME in run("people", "list").out
    done = run("people", "erase", ref, *WHY, "--yes")
    assert done.code == 0
    assert done.out.startswith(f"{ref} er slettet (begivenhed 4): navn, kontakt og 1 tekst. Kvittering:")
    assert "kopier og eksporter, der er givet ud" in done.out
    assert NAME not in run("history", "ÆØ-1").out
    assert "Handlede: [slettet]" in run("history", "ÆØ-1").out
    again = run("people", "erase", ref, *WHY, "--yes", "--json").json
    assert (again["receipt"]["event"], again["swept"], again["texts"]) == (4, True, [])
    assert run("audit", "verify").code == 0


def test_erase_needs_a_reason_without_the_name(run, ref):
    assert run("people", "erase", ref, "--yes").code == 2
    wrong = run("people", "erase", ref, "--reason", f"{NAME} bad om det", "--yes")
    assert (wrong.code, wrong.err.strip()) == (
        2,
        "begrundelsen nævner den, der slettes; skriv den uden navn",
    )
    assert NAME in run("people", "list").out


def test_erase_says_what_cannot_be_removed(run, ref):
    run("add", f"ÆØ {NAME}", "--kind", "aendringsoenske", "--title", "x")
    shown = run("people", "erase", ref, *WHY, "--language", "en")
    assert "Cannot be removed:" in shown.out
    assert "event 4: in an id" in shown.out
    assert run("people", "erase", ref, *WHY, "--yes").code == 0


def test_a_text_about_somebody_goes_with_them(run, ref):
    meeting = ("--kind", "meeting", "--link", "body=referencegruppen", "--source", "x")
    assert run("add", "m1", *meeting).code == 0
    assert run("add", "p1", "--kind", "agenda-point", "--link", "meeting=m1", "--source", "x").code == 0
    written = run("record", "p1", "conclusion=hun er flyttet", "--source", "s", "--about", ref)
    assert written.code == 0, written.err
    assert "conclusion" in run("history", "p1").out.casefold() or "flyttet" in run("history", "p1").out
    assert run("people", "erase", ref, *WHY, "--yes").code == 0
    told = run("history", "p1").out
    assert "flyttet" not in told
    assert "[slettet]" in told


def test_every_command_over_a_register_is_noted_with_its_thing_and_outcome(run, ref):
    run("history", "ÆØ-1")
    run("history", NAME)
    run("people", "show", ref)
    run("advance", "ÆØ-1", "bestil", "--by", "kombit")
    run("record", "ÆØ-1", "stemmer=4", "--source", "s", "--version", "1")
    lines = [
        (each["did"], each["what"], each["outcome"]["en"]) for each in run("access", "show", "--json").json
    ]
    assert lines == [
        ("add", "ÆØ-1", "answered"),
        ("advance", "ÆØ-1", "answered"),
        ("record", "ÆØ-1", "answered"),
        ("people list", "", "answered"),
        ("history", "ÆØ-1", "answered"),
        ("history", "", "unusable"),
        ("people show", ref, "answered"),
        ("advance", "ÆØ-1", "refused"),
        ("record", "ÆØ-1", "overtaken"),
    ]


def test_somebody_sees_when_and_why_they_were_looked_up_but_not_by_whom(run, ref, monkeypatch):
    monkeypatch.setattr("governance.cli.noting.getuser", lambda: "kontoret")
    run("people", "show", ref)
    shown = run("access", "show", "--about", ref)
    assert shown.out.splitlines()[0].split() == ["Hvornår", "Hvad", "Hvilken", "Svar"]
    assert "people show" in shown.out
    assert "kontoret" not in shown.out
    assert "kontoret" in run("access", "show", "--about", ref, "--who").out
    assert "kontoret" in run("access", "show").out


def test_a_log_that_cannot_be_written_is_said_beside_the_answer(run, item, monkeypatch):
    from governance import service

    monkeypatch.setattr(service, "note_access", lambda *_: "disk I/O error")
    shown = run("history", item, "--language", "en")
    assert (shown.code, shown.err) == (
        0,
        "the access could not be noted (disk I/O error); the answer stands\n",
    )
    assert "Et ønske" in shown.out


def test_the_retention_is_shown_set_and_used(run, item):
    assert run("access", "retention").out == "Loggen gemmes 13 måneder.\n"
    done = run("access", "retention", "6", "--reason", "kortere", "--recorder", NAME)
    assert f": 6 (kortere, {NAME})" in done.out
    assert run("access", "retention", "--json").json["months"] == 6
    assert run("access", "retention", "7", "--reason", "x").code == 2
    assert run("access", "retention", "seks", "--reason", "x").err.startswith(
        "`seks` er ikke et antal måneder"
    )
    assert run("access", "retention", "--reason", "x").err == "skriv også antallet af måneder\n"
    assert "0 linjer fra før" in run("access", "purge", "--dry-run").out
    assert "(frist: 6 måneder)" in run("access", "purge").out
