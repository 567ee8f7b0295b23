"""`seats check` and `seats forecast` as a secretary uses them."""

import pytest

SEAT = ("add", "plads-1", "--kind", "seat", "--link", "body=referencegruppen", "--source", "listen")


def flat(text):
    return " ".join(text.split())


def test_a_span_is_told_rule_by_rule_with_its_stretches(demo):
    answer = demo("seats", "check", "--from", "2025-09-09", "--to", "2026-12-31")
    assert answer.code == 1
    assert answer.out.startswith("referencegruppen, 2025-09-09 – 2026-12-31\n")
    said = flat(answer.out)
    assert "K06 (skal) Medlemmerne kommer fra ni kommuner ukendt 9. september 2025: " in said
    assert "brudt 10. september 2025 – 31. december 2026: Medlemmerne skal komme fra præcis ni" in said
    assert "K07 (bør) Kommuner af begge størrelser er med overholdt 9. september 2025 – 31. dec" in said
    assert "overholdt 9. september 2025, plads-2, plads-6, plads-8 " in said
    assert "ikke relevant" not in said
    assert answer.err == ""


def test_a_span_is_told_in_english_and_as_json(demo):
    words = ("seats", "check", "referencegruppen", "--from", "2025-09-09", "--to", "2026-12-31")
    english = flat(demo(*words, "--language", "en").out)
    assert "K06 (must) The members come from nine municipalities unknown 9 September 2025: " in english
    assert "K12 (default) A term is two years unknown 9 September 2025 – 31 December 2026, Hor" in english
    told = demo(*words, "--json")
    assert told.code == 1
    (six,) = [rule for rule in told.json["rules"] if rule["clause"] == "K06"]
    assert [(each["from"], each["to"], each["verdict"]) for each in six["stretches"]] == [
        ("2025-09-09", "2025-09-09", "unknown"),
        ("2025-09-10", "2026-12-31", "broken"),
    ]


def test_a_rule_that_applies_to_nothing_in_the_span_says_so_once(run):
    assert run("init").code == 0
    assert run(*SEAT, "--on", "2025-01-01").code == 0
    term = ("add", "p1", "--kind", "term", "--link", "seat=plads-1", "--link", "organisation=Horsens")
    assert (
        run(
            *term,
            "--fact",
            "from=2025-01-01",
            "--on",
            "2025-01-01",
            "--source",
            "listen",
            "--origin",
            "history",
        ).code
        == 0
    )
    said = flat(run("seats", "check", "--from", "2025-02-01", "--to", "2025-12-31").out)
    assert "K14 (skal) En ledig plads slås op i nyhedsbrevet ikke relevant " in said
    assert said.count("ikke relevant") == 1


def test_the_exit_code_is_nought_when_no_demand_is_broken_or_unknown(run, tmp_path, monkeypatch):
    """A society that only wishes: what is not met is reported, and nothing stands in the way."""
    from governance.service import rules_folder

    folder = tmp_path / "rules"
    source = rules_folder() / "2024-01-01"
    (folder / "2024-01-01").mkdir(parents=True)
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "group.yaml":
            text = text.replace("force: must", "force: should")
        (folder / "2024-01-01" / path.name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("GOVERNANCE_RULES", str(folder))
    assert run("init").code == 0
    answer = run("seats", "check", "--from", "2025-01-01", "--to", "2025-12-31")
    assert (answer.code, "ukendt 1. januar 2025" in answer.out) == (0, True)


def test_a_forecast_tells_endings_cluster_losses_and_what_is_not_recorded(demo):
    answer = demo("seats", "forecast", "--on", "2025-09-09")
    assert (answer.code, answer.err) == (0, "")
    said = flat(answer.out)
    for part in (
        "referencegruppen, 2025-09-09 – 2027-09-09",
        "9. september 2025 (sidste dag er registreret): Middelfart (plads-2), Aalborg (plads-6), Fredericia",
        "(plads-8) Intet opslag er registreret (K14). Reglerne sætter ingen frist, og ingen er registreret",
        "Klynge i september 2025: 3 pladser (plads-2, plads-6, plads-8), 9. september 2025",
        "Tabt 10. september 2025, uden Middelfart, Aalborg, Fredericia:",
        "K06 (skal) Medlemmerne kommer fra ni kommuner: ukendt → brudt",
        "K07 (bør) Medlemmerne dækker landets regioner: overholdt → brudt",
        "Går ud: Region Nordjylland, Region Syddanmark",
        "Ingen slutning er registreret for: Horsens (plads-1), Lolland (plads-3)",
        "Det er ukendt, om nogen har: plads-9",
    ):
        assert part in said
    assert said.count("Intet opslag er registreret") == 1


def test_a_forecast_afterwards_tells_the_seats_that_stand_empty(demo):
    said = flat(demo("seats", "forecast", "--on", "2026-01-01", "--years", "1", "--language", "en").out)
    assert "the reference group, 2026-01-01 – 2027-01-01" in said
    assert "No term is recorded to end." in said
    assert (
        "Vacant: Since 10 September 2025: plads-2 (Middelfart), plads-6 (Aalborg), plads-8 (Fredericia) "
        "No call is recorded (K14)." in said
    )
    assert "No longer there: Aalborg, Fredericia, Middelfart" in said
    assert "Ended together in September 2025: 3 seats" in said


def test_a_forecast_is_told_as_json(demo):
    told = demo("seats", "forecast", "--on", "2025-09-09", "--json").json
    assert [each["last_day"] for each in told["endings"]] == ["2025-09-09"] * 3
    assert [each["call"]["called"] for each in told["endings"]] == [False] * 3
    assert told["clusters"][0]["seats"] == ["plads-2", "plads-6", "plads-8"]


@pytest.mark.parametrize("words", [("check", "--from", "2025-09-09", "--to", "2025-09-10"), ("forecast",)])
def test_what_was_known_on_an_earlier_day_is_told_as_that(run, words):
    assert run("init").code == 0
    assert run(*SEAT, "--on", "2025-01-01").code == 0
    answer = run("seats", *words, "--known", "2025-01-02")
    assert answer.out.startswith("Som kendt ved udgangen af 2025-01-02:")
    assert "plads-1" not in answer.out
    assert "plads-1" in run("seats", *words).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--from", "2025-09-09"], "--to"),
        (["check", "--from", "2025-09-09", "--to", "2025-09-08"], "slutter (8. september 2025), før det"),
        (["forecast", "--years", "to"], "`to` er ikke et antal år; skriv et helt tal"),
        (["forecast", "--years", "99"], "`99` år kan ikke forudses; skriv 1 til 50"),
        (["forecast", "projektgrupen"], "`projektgruppen`"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_sentence(run, words, said):
    assert run("init").code == 0
    answer = run("seats", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
