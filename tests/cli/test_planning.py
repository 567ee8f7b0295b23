"""`seats plan` as a person uses it."""

HEAD = "organisation;tilsluttet;oenskede-pladsen;ledelse\n"
ROWS = "Odense;ja;ja;ja\nAalborg;ja;ja;\nAarhus;ja;ja;ja\nRoskilde;ja;;ja\nVejle;nej;ja;ja\nKøge;ja;ja;ja\n"


def plan(run, tmp_path, *words, rows=ROWS):
    path = tmp_path / "kandidater.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return run("seats", "plan", "--on", "2025-09-10", "--candidates", path, *words)


def said(answer):
    return " ".join(answer.out.split())


def test_the_best_sets_are_told_with_what_they_restore_and_exit_1_while_a_must_is_unknown(demo, tmp_path):
    answer = plan(demo, tmp_path)
    assert (answer.code, answer.err) == (1, "")
    told = said(answer)
    assert "efterfølgere til plads-2, plads-6, plads-8. Kandidater: 6; 2 kan ikke vælges" in told
    assert "1. 1 af: Odense; 1 af: Aalborg; 1 af: Aarhus" in told
    assert "Fx plads-2 Odense, plads-6 Aalborg, plads-8 Aarhus. Sæt af samme slags: 1" in told
    assert "K07 Medlemmerne dækker landets regioner: overholdt (før: brudt)" in told
    assert "Køge: Har allerede pladsen `plads-4`" in told
    assert "Vejle: Medlemmets kommune skal være tilsluttet DUBU" in told
    assert "FIND FØRST UD AF" in told
    assert "Bedst er: færrest brudte krav" in told


def test_a_named_set_is_compared_in_english(demo, tmp_path):
    answer = plan(demo, tmp_path, "--language", "en", "--set", "Roskilde, Odense, Aarhus")
    told = said(answer)
    assert "Roskilde, Odense, Aarhus, HELD AGAINST THE BEST: worse" in told
    assert "K07 The members cover the regions of the country: worse" in told
    assert "The same: Each member municipality has a superuser" in told
    assert "1. 1 of: Odense; 1 of: Aalborg; 1 of: Aarhus" in told


def test_sets_the_rules_see_alike_are_not_explained_twice(demo):
    told = said(demo("seats", "plan", "--on", "2025-09-10"))
    assert told.count("Hver medlemskommune har en superbruger") == 1
    assert "2. 1 af: København, Frederiksberg, Ballerup, Gentofte, Gladsaxe, Hvidovre" in told
    assert "og 5 til" in told
    assert told.count("Reglerne siger det samme som om 1.") == 19


def test_exit_0_when_the_best_set_keeps_every_must(demo, tmp_path):
    towns = ("Horsens", "Lolland", "Køge", "Fredensborg", "Glostrup", "Odense", "Aalborg", "Aarhus", "Nyborg")
    for town in towns:
        link = ("--link", f"organisation={town}", "--source", "liste", "--on", "2025-01-01")
        assert demo("add", f"su-{town}", "--kind", "superuser", *link).code == 0
    seats = [word for place in (2, 6, 8, 9) for word in ("--seats", f"plads-{place}")]
    answer = plan(demo, tmp_path, *seats, rows=ROWS + "Nyborg;ja;ja;ja\n")
    assert answer.code == 0
    assert plan(demo, tmp_path, *seats).code == 1


def test_json_has_every_set_with_both_languages(demo, tmp_path):
    answer = plan(demo, tmp_path, "--json", "--set", "Odense, Aalborg, Aarhus")
    view = answer.json
    assert answer.code == 1
    assert view["best"][0]["sitting"] == [
        ["plads-2", "Odense"],
        ["plads-6", "Aalborg"],
        ["plads-8", "Aarhus"],
    ]
    assert view["best"][0]["rank"]["short"] == "0"
    assert view["compared"][0]["than"] == "same"
    assert {"da", "en"} == set(view["order"])
    assert view["settle"] == []
    assert [each["organisation"] for each in view["later"]] == ["Aalborg", "Roskilde"]


def test_when_nobody_can_be_chosen_it_says_so(demo, tmp_path):
    rows = "Vejle;nej;ja;ja\nNyborg;ja;nej;ja\nOdense;ja;ja;ja\n"
    answer = plan(demo, tmp_path, "--set", "Vejle, Nyborg, Odense", rows=rows)
    assert answer.code == 1
    assert "Intet sæt er muligt: der er for få, som kan vælges." in said(answer)


def test_an_unusable_file_gives_exit_2_and_a_sentence_for_each_fault(demo, tmp_path):
    answer = plan(demo, tmp_path, "--seats", "plads-1", rows="Odnse;ja;ja;ja\nOdense;x;ja;ja\n")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines() == [
        "pladsen `plads-1` har Horsens 10. september 2025; nævn en, der er ledig, eller en senere dag",
        "række 2, kolonne `organisation`: organisationen `Odnse` findes ikke; mente du `Odense`?",
        (
            "række 3, kolonne `tilsluttet`: `x` kan ikke stå i `tilsluttet`; "
            "skriv et af ordene ja, nej (flere mulige: A|B)"
        ),
    ]
