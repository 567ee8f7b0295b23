"""Every use case holds whoever asks to their rights; the record shows who acted and who wrote it down."""

import inspect
from dataclasses import replace
from pathlib import Path

import pytest

from governance import service
from governance.model import Forbidden, RequestError
from governance.service import Office, advance, cast, close_round, history, round_
from tests.callers import (
    ADMINISTRATOR,
    AUDITOR,
    BEGAN,
    BODY,
    FORMER,
    NOBODY,
    PROJECT_GROUP,
    READER,
    SECRETARIAT,
    STEERING_GROUP,
    caller,
    member,
)
from tests.service.asking import stored
from tests.service.meeting import ROUND, opened_round

ITEM = "ÆØ-1434/1"
MEETING = "moede-2025-09-09"
NOWHERE = Path("no-such-file.csv")
WRITING = {
    "add_item": lambda gov: service.add_item(gov, "ÆØ-9", "aendringsoenske", "Ny"),
    "add_person": lambda gov: service.add_person(gov, "Formand"),
    "adopt": lambda gov: service.adopt(gov, "no-such-folder", accept="x"),
    "adoption": lambda gov: service.adoption(gov, "no-such-folder"),
    "advance": lambda gov: service.advance(gov, ITEM, "bestil", "kombit"),
    "answer": lambda gov: service.answer(gov, "høring-1", "Ja"),
    "backup": lambda gov: service.backup(gov, NOWHERE),
    "conclude": lambda gov: service.conclude(gov, f"{MEETING}/3.1", "konkluder-prioritering"),
    "consult": lambda gov: service.consult(gov, ITEM, "KL", "Hvad mener I?"),
    "correct": lambda gov: service.correct(gov, 1, reason="forkert"),
    "declare_complete": lambda gov: service.declare_complete(gov, ITEM, source="x"),
    "erase_person": lambda gov: service.erase_person(gov, "p-aaaaaaaa", reason="x"),
    "erasure_of": lambda gov: service.erasure_of(gov, "p-aaaaaaaa"),
    "import_table": lambda gov: service.import_table(gov, NOWHERE, "items", source="x"),
    "note_attendance": lambda gov: service.note_attendance(gov, MEETING, "Odense", "til-stede"),
    "note_attendances": lambda gov: service.note_attendances(gov, MEETING, {"Odense": "x"}, seen={}),
    "open_round": lambda gov: service.open_round(
        gov, "r-2", "referencegruppen", closes="2026-01-01", choices=[ITEM]
    ),
    "purge_access_log": service.purge_access_log,
    "put_on_agenda": lambda gov: service.put_on_agenda(gov, MEETING, "prioritering", title="Nyt"),
    "record_fact": lambda gov: service.record_fact(gov, ITEM, "estimat", "100", source="x"),
    "record_facts": lambda gov: service.record_facts(gov, ITEM, {"estimat": "100"}, source="x"),
    "record_thing": lambda gov: service.record_thing(gov, "m-2", "meeting", links={}, facts={}, source="x"),
    "relate": lambda gov: service.relate(gov, ITEM, "ÆØ-2", "x", source="x"),
    "rename_person": lambda gov: service.rename_person(gov, "p-aaaaaaaa", "Formand"),
    "set_retention": lambda gov: service.set_retention(gov, 12, from_="2030-01-01", reason="x"),
}
AUDITING = {
    "accesses": service.accesses,
    "accesses_page": service.accesses_page,
    "audit_event": lambda gov: service.audit_event(gov, 1),
    "audit_export": lambda gov: service.audit_export(gov, NOWHERE),
    "audit_file": service.audit_file,
    "audit_head": service.audit_head,
    "audit_recheck_record": service.audit_recheck_record,
    "audit_verify": service.audit_verify,
    "events_page": service.events_page,
    "export_table": lambda gov: service.export_table(gov, "items", NOWHERE),
    "people": service.people,
    "person": lambda gov: service.person(gov, "p-aaaaaaaa"),
    "retention": service.retention,
}
READING = {
    "agenda_proposals",
    "call_document",
    "check_seats",
    "correction",
    "forecast_seats",
    "history",
    "item",
    "item_entry",
    "items",
    "kind_of_thing",
    "rulebook_lines",
    "rule_differences",
    "rule",
    "items_page",
    "items_board",
    "known_day",
    "meeting",
    "meeting_document",
    "meetings",
    "orders_document",
    "organisation",
    "organisations",
    "plan_seats",
    "relation_kinds",
    "report",
    "round_",
    "rounds",
    "rules",
    "seats",
    "seats_over_time",
    "steps",
    "template_view",
    "todo",
    "trace",
    "try_steps",
    "waiting",
    "way",
}
"""What whoever may read may ask: the pages and the API see to that before anything is asked."""
KEEPING = {
    "account": lambda gov: service.account(gov, "laeser"),
    "accounts": service.accounts,
    "add_account": lambda gov: service.add_account(gov, "ny", "Ny"),
    "demo_accounts": service.demo_accounts,
    "disable_account": lambda gov: service.disable_account(gov, "laeser"),
    "enable_account": lambda gov: service.enable_account(gov, "laeser"),
    "end_sessions_of": lambda gov: service.end_sessions_of(gov, named="laeser"),
    "grant_office": lambda gov: service.grant_office(gov, "laeser", "administrator"),
    "make_token": lambda gov: service.make_token(gov, "nøgle", ["read"], "2026-01-01", named="laeser"),
    "revoke": lambda gov: service.revoke(gov, "t-1", named="laeser"),
    "sessions": lambda gov: service.sessions(gov, service.Life(60, 12), named="laeser"),
    "set_password": lambda gov: service.set_password(gov, "laeser", "en lang hemmelighed"),
    "tokens": lambda gov: service.tokens(gov, named="laeser"),
    "withdraw_office": lambda gov: service.withdraw_office(gov, "o-1"),
}
ONES_OWN = {
    "any_account",
    "caller_of_session",
    "caller_of_token",
    "change_password",
    "check_password",
    "end_session",
    "is_demo",
    "offices_today",
    "own_name",
    "signed_in",
}
"""What is about whoever asks alone."""
IN_A_ROUND = {"cast", "close_round"}
"""What takes a round, and is tried on one below."""
WITHOUT = {"load_demo", "may", "note_access", "permit", "readiness"}
"""What is no question of right, or is one."""


def as_(gov, caller):
    return replace(gov, caller=caller)


def test_every_use_case_over_a_record_is_held_against_the_rights_here():
    over = {
        name
        for name in service.__all__
        if inspect.isfunction(found := getattr(service, name))
        and next(iter(inspect.signature(found).parameters), "") == "gov"
    }
    assert (
        over
        == WRITING.keys()
        | AUDITING.keys()
        | READING
        | KEEPING.keys()
        | ONES_OWN
        | {"offices"}
        | IN_A_ROUND
        | WITHOUT
    )


@pytest.mark.parametrize("who", [NOBODY, READER, AUDITOR, FORMER], ids=lambda who: who.account)
@pytest.mark.parametrize("name", WRITING)
def test_whoever_may_not_write_changes_nothing(demo, name, who):
    before = stored(demo)
    with pytest.raises(Forbidden) as refused:
        WRITING[name](as_(demo, who))
    assert refused.value.problems[0].da
    assert stored(demo) == before


@pytest.mark.parametrize("who", [NOBODY, READER, PROJECT_GROUP, ADMINISTRATOR], ids=lambda who: who.account)
@pytest.mark.parametrize("name", AUDITING)
def test_whoever_may_not_audit_sees_no_trail(demo, name, who):
    with pytest.raises(Forbidden, match="look into the audit trail"):
        AUDITING[name](as_(demo, who))


@pytest.mark.parametrize("name", ["audit_head", "retention", "people", "audit_verify", "accesses"])
def test_an_auditor_sees_the_trail(demo, name):
    assert AUDITING[name](as_(demo, AUDITOR)) is not None


@pytest.mark.parametrize("who", [NOBODY, READER, SECRETARIAT, AUDITOR, FORMER], ids=lambda who: who.account)
@pytest.mark.parametrize("name", KEEPING)
def test_whoever_does_not_keep_the_accounts_leaves_others_alone(demo, name, who):
    service.add_account(demo, "laeser", "Læser")
    before = service.accounts(demo)
    with pytest.raises(Forbidden):
        KEEPING[name](as_(demo, who))
    assert service.accounts(demo) == before


@pytest.mark.parametrize("who", [AUDITOR, ADMINISTRATOR, SECRETARIAT], ids=lambda who: who.account)
def test_whoever_audits_or_keeps_sees_who_holds_what(demo, who):
    service.add_account(demo, "leder", "Leder", administrator=True)
    assert service.offices(as_(demo, who))
    with pytest.raises(Forbidden):
        service.offices(as_(demo, READER))


def test_who_keeps_the_accounts_neither_acts_nor_records(demo):
    with pytest.raises(Forbidden, match="you hold no office in"):
        WRITING["advance"](as_(demo, ADMINISTRATOR))
    with pytest.raises(Forbidden, match="only the secretariat keeps the record"):
        WRITING["record_fact"](as_(demo, ADMINISTRATOR))


def test_a_mandate_acts_for_its_body_and_is_the_person_and_the_recorder(demo):
    receipt = advance(as_(demo, PROJECT_GROUP), ITEM, "afvis", "projektgruppen")
    event = history(demo, ITEM)[-1]
    assert event.number == receipt.event
    assert (event.person, event.recorder) == ("Projektgruppen", "Projektgruppen")


def test_a_mandate_does_not_act_for_another_body(demo):
    before = stored(demo)
    with pytest.raises(Forbidden, match="hold no office in the municipal steering group"):
        advance(as_(demo, PROJECT_GROUP), ITEM, "godkend", "kommunestyregruppen")
    assert stored(demo) == before


def test_whoever_may_not_consult_is_told_so_before_what_else_is_wrong(demo):
    for who in (READER, AUDITOR, STEERING_GROUP, PROJECT_GROUP):
        for body in ("kombit", ""):
            with pytest.raises(Forbidden, match="hold no office in"):
                service.consult(as_(demo, who), "nix", "KL", "Hvad?", body=body, on="2001-01-01")
    with pytest.raises(RequestError, match="no item `nix`"):
        service.consult(as_(demo, SECRETARIAT), "nix", "KL", "Hvad?")


def test_a_mandate_cannot_say_that_somebody_else_acted(demo):
    with pytest.raises(Forbidden, match="you act yourself"):
        advance(as_(demo, STEERING_GROUP), ITEM, "godkend", "kommunestyregruppen", person="En anden")


def test_the_secretariat_records_for_every_body_and_the_record_shows_both(demo):
    advance(as_(demo, SECRETARIAT), ITEM, "godkend", "kommunestyregruppen", person="Formanden")
    event = history(demo, ITEM)[-1]
    assert (event.person, event.recorder) == ("Formanden", "Sekretariatet")


def test_nobody_can_say_that_somebody_else_wrote_it_down(demo):
    advance(as_(demo, SECRETARIAT), ITEM, "godkend", "kommunestyregruppen", recorder="En anden")
    assert history(demo, ITEM)[-1].recorder == "Sekretariatet"


def test_a_member_scores_for_their_own_municipality_only(gov, clock):
    opened_round(gov, clock)
    odense = as_(gov, member("Odense"))
    assert cast(odense, ROUND, "Odense", {"ÆØ-1": "3"}).allowed
    before = stored(gov)
    for organisation in ("Vejle", "odense", "Odense "):
        with pytest.raises((Forbidden, RequestError)):
            cast(as_(gov, member("Aalborg")), ROUND, organisation, {"ÆØ-1": "3"})
    with pytest.raises(Forbidden, match="you are no member for"):
        cast(odense, ROUND, "Vejle", {"ÆØ-1": "5"}, change=True)
    mandate = caller("formanden", Office("mandat", BODY, from_=BEGAN))
    given = {"organisation": "Vejle", "scores": "ÆØ-1=5"}
    for step in ("giv-point", " giv-point", "ret-point "):
        with pytest.raises(Forbidden, match="you are no member for"):
            advance(as_(gov, mandate), ROUND, step, BODY, inputs=given)
    assert stored(gov) == before


@pytest.mark.parametrize("who", [NOBODY, READER, AUDITOR, FORMER, ADMINISTRATOR], ids=lambda who: who.account)
def test_whoever_has_no_part_in_a_round_neither_scores_nor_closes_it(gov, clock, who):
    opened_round(gov, clock)
    before = stored(gov)
    with pytest.raises(Forbidden, match=r"you are no member for|is held from"):
        cast(as_(gov, who), ROUND, "Odense", {"ÆØ-1": "3"})
    with pytest.raises(Forbidden, match=r"you hold no office in|is held from"):
        close_round(as_(gov, who), ROUND, BODY)
    assert stored(gov) == before


def test_a_member_whose_municipality_holds_no_seat_does_not_score(gov, clock):
    opened_round(gov, clock)
    with pytest.raises(Forbidden, match="holds no seat of"):
        cast(as_(gov, member("Aarhus")), ROUND, "Aarhus", {"ÆØ-1": "3"})


def test_a_ballot_is_seen_before_the_round_closes_by_its_own_member_only(gov, clock):
    opened_round(gov, clock)
    cast(as_(gov, SECRETARIAT), ROUND, "Odense", {"ÆØ-1": "3"})
    assert round_(as_(gov, member("Odense")), ROUND, own="Odense").own == {"ÆØ-1": "3"}
    for who in (SECRETARIAT, member("Vejle"), READER, ADMINISTRATOR):
        with pytest.raises(Forbidden):
            round_(as_(gov, who), ROUND, own="Odense")


def test_a_round_tells_whoever_looks_whose_ballot_they_may_cast_and_shows_them_their_own(gov, clock):
    opened_round(gov, clock)
    cast(gov, ROUND, "Odense", {"ÆØ-1": "3"})
    seen = {
        who.account: round_(as_(gov, who), ROUND)
        for who in (member("Odense"), member("Vejle"), SECRETARIAT, READER)
    }
    told = {name: (view.own_of, view.own, view.may_cast, view.may_change) for name, view in seen.items()}
    assert told == {
        "medlem-odense": ("Odense", {"ÆØ-1": "3"}, (), ("Odense",)),
        "medlem-vejle": ("", {}, ("Vejle",), ()),
        "sekretariatet": ("", {}, ("Aalborg", "Vejle"), ("Odense",)),
        "læseren": ("", {}, (), ()),
    }


@pytest.mark.parametrize("key", ["k", "k" * 200])
def test_a_key_of_one_person_neither_answers_nor_blocks_another(gov, key):
    said = ("aendringsoenske", "Et ønske")
    other = caller("den anden", *SECRETARIAT.offices)
    for who, id_ in ((SECRETARIAT, "ÆØ-1"), (other, "ÆØ-2"), (None, "ÆØ-3")):
        first = service.add_item(as_(gov, who), id_, *said, key=key)
        assert first.entity == id_
        assert service.add_item(as_(gov, who), id_, *said, key=key) == first
        with pytest.raises(RequestError, match=f"the key `{key}` was used for something else"):
            service.add_item(as_(gov, who), "ÆØ-4", *said, key=key)
    with pytest.raises(RequestError, match="`ÆØ-1` is there already"):
        service.add_item(as_(gov, other), "ÆØ-1", *said, key="en ny")
    assert len(stored(gov)[0]) == 3


def test_a_key_of_one_person_gives_another_a_person_of_their_own(gov):
    other = caller("den anden", *SECRETARIAT.offices)
    first = service.add_person(as_(gov, SECRETARIAT), "Formand", key="k")
    second = service.add_person(as_(gov, other), "Næstformand", key="k")
    assert first.ref != second.ref
    assert service.add_person(as_(gov, SECRETARIAT), "Formand", key="k") == first


def test_a_key_for_an_erasure_is_its_persons_own(gov):
    first, second = (service.add_person(gov, name).ref for name in ("Formand", "Næstformand"))
    other = caller("den anden", *SECRETARIAT.offices)
    for who, ref in ((SECRETARIAT, first), (other, second)):
        done = service.erase_person(as_(gov, who), ref, reason="bedt om det", key="k")
        assert service.erase_person(as_(gov, who), ref, reason="bedt om det", key="k").receipt == done.receipt


def test_what_was_before_the_tool_is_told_by_the_secretariat_alone(demo):
    told = {"on": "2025-01-02", "origin": "history", "source": "referat"}
    with pytest.raises(Forbidden, match="only the secretariat keeps the record"):
        advance(as_(demo, STEERING_GROUP), ITEM, "godkend", "kommunestyregruppen", **told)


def test_two_offices_of_one_person_each_act_for_their_own_body(demo):
    both = caller("begge", *PROJECT_GROUP.offices, *STEERING_GROUP.offices)
    for body, step in (("projektgruppen", "afvis"), ("kommunestyregruppen", "godkend")):
        advance(as_(demo, both), ITEM, step, body)
        assert history(demo, ITEM)[-1].person == "Begge"
