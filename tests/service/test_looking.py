"""What is shown: the demo round, seats and report on their dates, the rules and their trace."""

import pytest

from governance.faults import RuleError
from governance.model import Origin, RequestError, Verdict
from governance.service import (
    check_rules,
    database_url,
    declare_complete,
    history,
    item,
    items,
    load_demo,
    open_governance,
    report,
    rules,
    rules_folder,
    rules_schema,
    seats,
    steps,
    trace,
    way,
)
from governance.service.rulefiles import load_rulebooks
from tests.service.asking import not_kept, problems, rows_agree_with_events, stored

DAYS = ["2025-09-09", "2025-09-10", "2027-01-01"]


def verdicts(gov, on):
    return {clause.id: clause.verdict for clause in report(gov, on=on).clauses}


# The demo


def test_the_demo_is_entered_as_history_and_only_once(demo):
    events, _ = stored(demo)
    assert {event.origin for event in events} == {Origin.HISTORY}
    assert load_demo(demo) == 0
    assert stored(demo)[0] == events
    assert rows_agree_with_events(demo)


def test_a_demo_that_cannot_be_entered_whole_is_not_entered_at_all(gov):
    from tests.service.asking import new

    new(gov, "emne-01", "emne")
    assert problems(load_demo, gov) == [
        "`emne-01` is there already; choose another number, or correct the one there is"
    ]
    assert [line.id for line in items(gov)] == ["emne-01"]


def test_the_demo_holds_the_items_of_the_agenda(demo):
    states = {line.id: line.state.id for line in items(demo)}
    assert len(states) == 23
    assert states["ÆØ-1754"] == "ikke-prioriteret"
    assert states["ÆØ-1716"] == "delvist-leveret"
    assert states["ÆØ-1434"] == "opdelt"
    assert [id_ for id_, state in states.items() if state == "bestilt"] == [
        f"tilbagemelding-{number:02}" for number in (2, 5, 6, 8)
    ]
    assert {track.id for track in item(demo, "ÆØ-1434").tracks} == {f"ÆØ-1434/{n}" for n in (1, 2, 3)}
    assert [(whom.id, how) for whom, how in item(demo, "ÆØ-1765").relations] == [("ÆØ-1754", "beslægtet med")]


def test_the_integrated_track_cannot_be_ordered_and_k23_says_what_is_missing(demo):
    order = next(step for step in steps(demo, "ÆØ-1434/1") if step.id == "bestil")
    assert not order.allowed
    (k23,) = [ruled for ruled in order.blocking if ruled.clause == "K23"]
    assert k23.verdict is Verdict.UNKNOWN
    assert k23.mend.da == "Få en godkendelse fra kommunestyregruppen"
    assert "godkend" in [leg.step.id for leg in way(demo, "ÆØ-1434/1", "bestilt").legs]


def test_the_inquiry_of_size_xs_or_m_needs_no_approval_on_either_branch(demo):
    order = next(step for step in steps(demo, "henvendelse-4.2") if step.id == "bestil")
    found = {ruled.rule: ruled.verdict for ruled in order.findings}
    assert found["stoerre-godkendes"] is Verdict.NOT_APPLICABLE
    assert found["m-prioriteres-med"] is Verdict.UNKNOWN


def test_an_item_is_shown_as_it_was_on_a_date(demo):
    assert [line.id for line in items(demo, on="2024-09-30")] == ["henvendelse-4.2", "henvendelse-4.3"]
    assert item(demo, "henvendelse-4.3", on="2025-06-01").line.state.id == "besluttet"
    assert item(demo, "henvendelse-4.3").line.state.id == "under-afklaring"
    assert item(demo, "henvendelse-4.3").machine.visited == ("indmeldt", "besluttet", "under-afklaring")
    assert problems(item, demo, "ÆØ-1605", on="2025-09-08")


def test_items_are_found_by_state_and_kind(demo):
    assert [line.id for line in items(demo, state="opdelt")] == ["ÆØ-1434"]
    assert [line.id for line in items(demo, kind="emne")] == ["emne-01"]
    assert problems(items, demo, state="bestillt", kind="emner") == [
        "there is no kind of item `emner`; did you mean `emne`?",
        "there is no state `bestillt`; did you mean `bestilt`?",
    ]


def test_history_is_told_line_by_line(demo):
    told = history(demo, "henvendelse-4.3")
    assert [event.kind for event in told] == ["added", "fact", "fact", "step", "step"]
    assert told[3].what.da == "Beslut (referencegruppen): indmeldt → besluttet"
    assert told[3].on.da == "september 2024"
    assert not_kept(told[3].findings)["beslut/by"] is Verdict.BROKEN
    assert history(demo, "plads-1")[0].kind == "added"
    assert problems(history, demo, "plads1") == ["there is no item `plads1`; did you mean `plads-1`?"]


# The report and the seats


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (
            "2025-09-09",
            {
                "K06": "unknown",
                "K07": "kept",
                "K09": "unknown",
                "K12": "unknown",
                "K13": "unknown",
                "K14": "unknown",
            },
        ),
        (
            "2025-09-10",
            {"K06": "broken", "K07": "broken", "K12": "unknown", "K13": "unknown", "K14": "unknown"},
        ),
        ("2027-01-01", {"K06": "broken", "K07": "broken", "K14": "unknown"}),
    ],
)
def test_the_report_gives_the_expected_verdict_on_each_date(demo, on, expected):
    found = verdicts(demo, on)
    assert {clause: found[clause].value for clause in expected} == expected
    assert found["K15"] is found["K18"] is Verdict.UNKNOWN
    assert found["K01"] is None


@pytest.mark.parametrize(
    ("on", "counted"), [("2025-09-09", "8–9"), ("2025-09-10", "5–6"), ("2027-01-01", "5–6")]
)
def test_k06_is_shown_with_its_count(demo, on, counted):
    (k06,) = [clause for clause in report(demo, on=on).clauses if clause.id == "K06"]
    assert counted in k06.findings[0].because.da


def test_an_order_without_decision_is_unknown_until_its_record_is_declared_complete(demo):
    def of(id_):
        (k22,) = [clause for clause in report(demo).clauses if clause.id == "K22"]
        return {f.verdict for f in k22.findings if f.subject == id_ and f.rule == "besluttet-foer-bestilling"}

    assert of("tilbagemelding-05") == {Verdict.UNKNOWN}
    declare_complete(demo, "tilbagemelding-05", on="2025-09-09", source="sekretariatet")
    assert of("tilbagemelding-05") == {Verdict.BROKEN}
    assert of("tilbagemelding-08") == {Verdict.UNKNOWN}


def test_the_seats_are_shown_with_their_holders(demo):
    view = seats(demo, on="2025-09-09")
    assert [seat.holder for seat in view.seats] == [
        "Horsens", "Middelfart", "Lolland", "Køge", "Fredensborg", "Aalborg", "Glostrup", "Fredericia", "",
    ]  # fmt: skip
    assert [seat.occupied for seat in view.seats] == ["ja"] * 8 + ["?"]
    after = seats(demo, on="2025-09-10")
    assert [seat.occupied for seat in after.seats] == ["ja", "nej", "ja", "ja", "ja", "nej", "ja", "nej", "?"]
    assert after.seats[1].to.da == "9. september 2025"
    assert {(who.id, role.id) for who, role in view.participants} == {
        ("KOMBIT", "leder"), ("KL", "observatoer"), ("Socialstyrelsen", "observatoer"),
    }  # fmt: skip
    assert problems(seats, demo, "referencegrupen") == [
        "there is no body `referencegrupen`; did you mean `referencegruppen`?"
    ]


def test_a_date_without_an_end_or_a_rulebook_is_refused(demo):
    for look in (report, seats, items):
        assert problems(look, demo, on="2020-01-01")
        assert problems(look, demo, on="2025-09-01..")
        assert problems(look, demo, on="engang")


# The rules


def test_the_rules_are_told_in_both_languages(gov):
    view = rules(gov)
    assert len([clause for clause in view.clauses if clause.part_of is None]) == 23
    for rule in [*view.rules, *(rule for p in view.processes for step in p.steps for rule in step.rules)]:
        assert len({"", rule.text.da, rule.text.en}) == 3, rule.id
    assert [period.en for period, _ in next(r for r in view.readings if r.id == "regioner").values] == [
        "until 31 December 2026", "from 1 January 2027",
    ]  # fmt: skip


def test_the_trace_finds_a_clauses_sentence_in_a_document_by_its_digest(gov, tmp_path):
    assert {line.found for line in trace(gov)} == {None}
    assert {line.found for line in trace(gov, "et helt andet dokument")} == {False}
    assert trace(gov)[0].clause == "K01"


def test_the_rules_in_the_tree_have_no_fault():
    assert check_rules(rules_folder()) == ()


def test_every_fault_of_every_rulebook_is_told_with_its_folder(tmp_path):
    for name in ("2024-01-01", "2026-01-01"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rulebook.yaml").write_text("rulebok: {}\n", encoding="utf-8")
    faults = check_rules(tmp_path)
    assert {fault.file.split("/")[0] for fault in faults if "/" in fault.file} == {"2024-01-01", "2026-01-01"}
    with pytest.raises(RuleError):
        open_governance("sqlite://", tmp_path)


def test_a_folder_that_is_not_there_is_a_fault(tmp_path):
    (fault,) = check_rules(tmp_path / "nowhere")
    assert fault.code == "folder-missing"


def test_rules_are_read_anew_when_their_bytes_change_and_only_then(tmp_path):
    source = next(folder for folder in rules_folder().iterdir() if folder.is_dir())
    for file in source.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (first,), (again,) = load_rulebooks(tmp_path).books, load_rulebooks(tmp_path).books
    assert first is again
    with (tmp_path / "rulebook.yaml").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    (changed,) = load_rulebooks(tmp_path).books
    assert changed.digest != first.digest


def test_overlapping_rulebooks_are_a_fault(tmp_path):
    source = next(folder for folder in rules_folder().iterdir() if folder.is_dir())
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for file in source.glob("*.yaml"):
            (tmp_path / name / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "b" / "rulebook.yaml").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    assert {fault.code for fault in check_rules(tmp_path)} == {"rulebooks-overlap"}


def test_the_schema_is_one_that_json_schema_knows():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(rules_schema())


# Opening


def test_the_database_is_a_file_among_the_users_data_by_default(tmp_path, monkeypatch):
    monkeypatch.delenv("GOVERNANCE_DATABASE_URL", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert database_url() == f"sqlite:///{tmp_path}/data/governance/governance.sqlite"
    assert (tmp_path / "data" / "governance").is_dir()
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", "postgresql://somewhere/db")
    assert database_url() == "postgresql://somewhere/db"
    assert database_url(str(tmp_path / "x.sqlite")) == f"sqlite:///{tmp_path}/x.sqlite"


def test_a_database_that_cannot_be_used_is_said_in_both_languages(tmp_path):
    (tmp_path / "file").write_text("no folder")
    for url in (
        str(tmp_path / "file" / "x.sqlite"),
        "mysql://x/y",
        f"sqlite:///{tmp_path}/no/such/folder/x.sqlite",
    ):
        assert problems(open_governance, url)


def test_a_record_that_cannot_be_read_is_said_plainly(gov):
    from sqlalchemy import text

    from tests.service.asking import new

    new(gov)
    with gov.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER events_no_update"))
        connection.execute(text("UPDATE events SET payload = '{}'"))
    with pytest.raises(RequestError, match="event 1 in the database cannot be read"):
        items(gov)


def test_a_reading_that_no_rule_asks_is_told_as_such(gov):
    used = {reading.id: reading.used for reading in rules(gov).readings}
    assert used["stoerre"]
    assert used["kvart-aar"]
    assert used["vaekst"]
    assert not used["arbejdsform"]
