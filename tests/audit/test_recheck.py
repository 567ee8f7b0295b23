"""An exported record is judged again offline, and every decision that comes out otherwise is named."""

import io
import json
import sys

import pytest

from governance.audit import export, recheck, verify
from governance.audit.lines import write_line
from governance.audit.past import Past
from governance.audit.things import Things
from governance.service import load_demo, open_governance
from governance.store import canonical, load_all, load_family, reading
from governance.store.seals import text_digest
from tests.audit.forging import event_of, forged, found, places
from tests.audit.record import edit_payload, exported, lines_of, superuser


def test_a_record_as_it_was_decided_is_decided_again_without_a_difference(gov, audited):
    answer = recheck(exported(gov))
    assert (answer.problems, answer.erased, answer.events, answer.decided) == ((), (), 30, 10)
    assert answer.head == audited.head


def test_nothing_changed_is_nothing_forged(lines):
    assert forged(lines, lambda _: None) == lines


def test_the_demo_is_decided_again_without_a_difference(tmp_path):
    gov = open_governance(f"sqlite:///{tmp_path / 'demo.sqlite'}")
    load_demo(gov)
    answer = recheck(exported(gov))
    gov.engine.dispose()
    assert (answer.problems, answer.erased) == ((), ())
    assert answer.decided > 10


STEPS = (6, 7, 9, 12, 18, 19, 21, 22, 23, 24)


@pytest.mark.parametrize("number", STEPS)
@pytest.mark.parametrize(
    ("part", "other"),
    [("verdict", "open"), ("force", "may"), ("clause", "K1"), ("blocks", None), ("rule", "en-anden")],
)
def test_a_changed_finding_is_named_with_what_it_should_be(lines, number, part, other):
    before = []

    def edit(payload, _line):
        verdict = payload["findings"]["verdicts"][-1]
        before.append(verdict[part])
        verdict[part] = (not verdict[part]) if other is None else other

    problems = found(forged(lines, event_of(number, edit)))
    assert {place for place, _ in problems} == {f"begivenhed {number}"}
    wanted = "NULL" if before[0] is None else f"`{before[0]}`"
    assert problems[0][1].endswith(f"men skulle være {wanted}")
    assert f"{part}`" in problems[0][1]


@pytest.mark.parametrize("number", STEPS)
@pytest.mark.parametrize("part", ["from", "to", "act", "new_round", "stays"])
def test_a_changed_outcome_is_named(lines, number, part):
    def edit(payload, _line):
        if part in payload:
            payload[part] = (not payload[part]) if part in ("new_round", "stays") else "andet"
        else:
            payload["to"] = "andet"

    assert f"begivenhed {number}" in places(forged(lines, event_of(number, edit)))


@pytest.mark.parametrize("number", STEPS)
def test_a_finding_left_out_or_added_is_named(lines, number):
    def less(payload, _line):
        payload["findings"] = {"verdicts": [], "told": {"text": ""}}

    assert f"begivenhed {number}" in places(forged(lines, event_of(number, less)))


@pytest.mark.parametrize("number", STEPS)
def test_a_decision_told_in_other_words_is_named_and_no_fault(lines, number):
    def edit(payload, line):
        told = next(text for text in line["texts"] if text["place"] == "told")
        said = json.loads(told["text"])
        said[0][0]["da"] = "Noget andet"
        told["text"] = canonical(said)
        told["digest"] = text_digest(told["salt"], told["text"])
        payload["findings"]["told"]["text"] = told["digest"]

    judged = recheck(forged(lines, event_of(number, edit)))
    assert judged.reworded == (number,)
    assert not judged.problems
    assert recheck(lines).reworded == ()


def test_a_refusal_made_into_a_step_is_named(lines):
    def edit(payload, line):
        line["event"]["kind"] = "step"
        payload |= {"act": "beslutning", "new_round": False, "stays": False}

    problems = found(forged(lines, event_of(19, edit)))
    assert ("begivenhed 19", "`kind` er `StepTaken`, men skulle være `StepRefused`") in problems


def test_a_step_that_no_rule_knows_is_named(lines):
    def edit(payload, _line):
        payload["request"]["step"] = "afslut"

    problems = found(forged(lines, event_of(9, edit)))
    assert ("begivenhed 9", "intet skridt hedder `afslut`; der er indstil, beslut, genoptag") in problems


def test_a_fact_changed_shows_in_the_decision_that_rested_on_it(lines):
    def edit(payload, _line):
        payload["replacement"]["payload"]["value"] = {"numbers": ["900", "900"]}

    problems = found(forged(lines, event_of(8, edit)))
    assert ("begivenhed 9", "`billig: verdict` er `kept`, men skulle være `waived`") in problems
    assert any(place.startswith("linje ") for place, _ in problems), "the facts of the thing differ too"


def test_a_decision_rests_on_what_belongs_to_the_item(lines):
    """Another matter it clashes with; without the clash the step was allowed."""

    def edit(payload, line):
        text = next(text for text in line["texts"] if text["place"] == "fact")
        text["text"] = "følger"
        text["digest"] = payload["value"]["text"] = text_digest(text["salt"], text["text"])

    problems = found(forged(lines, event_of(17, edit)))
    assert ("begivenhed 19", "`ingen-strid: verdict` er `broken`, men skulle være `kept`") in problems


def test_a_late_act_is_refused_again_for_what_it_takes_away(lines):
    def edit(payload, _line):
        payload["findings"]["verdicts"] = payload["findings"]["verdicts"][:-1]

    def without_told(line):
        if line["is"] == "event" and line["event"]["number"] == 23:
            payload = line["event"]["payload"]
            edit(payload, line)
            told = next(text for text in line["texts"] if text["place"] == "told")
            told["text"] = canonical(json.loads(told["text"])[:-1])
            told["digest"] = payload["findings"]["told"]["text"] = text_digest(told["salt"], told["text"])

    problems = found(forged(lines, without_told))
    assert ("begivenhed 23", "`genoptag/late: rule` er NULL, men skulle være `genoptag/late`") in problems


def test_a_refusal_passed_off_as_a_step_of_history_is_named(lines):
    """History is never refused, so who forges would call it that."""

    def edit(payload, line):
        line["event"] |= {"kind": "step", "origin": "history"}
        payload |= {"act": "beslutning", "new_round": False, "stays": False}
        payload["request"]["origin"] = "history"

    said = "`origin` er `history`, men skulle være `live`"
    assert ("begivenhed 19", said) in found(forged(lines, event_of(19, edit)))


@pytest.mark.parametrize(("part", "other"), [("origin", "history"), ("recorder", "p-aaaaaaaa")])
def test_an_event_that_says_another_thing_than_its_request_is_named(lines, part, other):
    problems = found(forged(lines, event_of(9, lambda payload, _: payload["request"].update({part: other}))))
    assert any(place == "begivenhed 9" and text.startswith(f"`{part}` er") for place, text in problems)


def test_an_event_dated_after_it_was_recorded_is_named(lines):
    def edit(payload, line):
        line["event"] |= {"on_low": "2025-06-01", "on_high": "2025-06-01"}
        payload["request"]["on"] = {"dates": ["2025-06-01", "2025-06-01"]}

    said = "`on` er `2025-06-01`, men skulle være før den blev registreret"
    assert ("begivenhed 9", said) in found(forged(lines, event_of(9, edit)))


def test_an_item_entered_in_another_state_than_the_first_is_named(lines):
    problems = found(forged(lines, event_of(14, lambda payload, _: payload.update(state="indstillet"))))
    assert ("begivenhed 14", "`state` er `indstillet`, men skulle være `ny`") in problems


@pytest.mark.parametrize("part", ["state", "version", "family", "kind", "facts"])
def test_what_a_thing_is_said_to_be_must_follow_from_its_events(lines, part):
    def edit(line):
        if line["is"] == "thing" and line["id"] == "ÆØ-2":
            line[part] = {} if part == "facts" else 9 if part == "version" else "andet"

    (problem,) = found(forged(lines, edit))
    assert f"`{part}` er" in problem[1]
    assert problem[0].startswith("linje ") if part == "facts" else problem[0] == "things ÆØ-2"


@pytest.mark.parametrize("part", ["head", "counts", "format", "version"])
@pytest.mark.parametrize("kind", ["header", "end"])
def test_what_a_file_says_of_itself_must_be_so(lines, kind, part):
    said = [json.loads(line)["line"] for line in lines]
    for line in said:
        if line["is"] == kind:
            line[part] = "andet"
    (problem,) = found([write_line(number, line["is"], line) for number, line in enumerate(said, 1)])
    assert problem[0] == ("linje 1" if kind == "header" else f"linje {len(lines)}")


def test_a_file_forged_all_the_way_through_is_seen_by_who_kept_a_head(lines):
    number, _, hash_ = recheck(lines).head.partition(":")
    forgery = forged(lines, event_of(4, lambda payload, _: payload.update(fact="andet")))
    assert "begivenhed 30" in {p.place.da for p in recheck(forgery, [(int(number), hash_)]).problems}
    assert recheck(lines, [(int(number), hash_)]).problems == ()


def test_a_verdict_changed_in_the_database_and_chained_anew_is_found_by_the_recheck(gov, tmp_path):
    def edit(said):
        assert said["findings"]["verdicts"][-1]["verdict"] == "broken"
        said["findings"]["verdicts"][-1] |= {"verdict": "kept", "blocks": False}

    file = io.BytesIO()
    with superuser(gov.engine) as connection:
        edit_payload(connection, 19, edit)
        assert verify(connection).problems == ()
        export(connection, file)
    assert places(lines_of(file.getvalue())) == {"begivenhed 19"}


# ------------------------------------------------------------------------------------ only what was loaded


def test_what_a_decision_is_made_on_again_is_what_the_store_loads(gov):
    with reading(gov.engine) as connection:
        things = Things()
        past, (book,) = Past(things), gov.rulebooks.books
        for event in load_all(connection):
            things.take(event)
            past.place(event.entity)
        for id_, row in things.rows.items():
            loaded = [event.number for event in load_family(connection, id_, book.around(row.kind))]
            assert sorted(event.number for event in past.known(id_, book)) == loaded


def test_a_verification_remembers_of_things_only_what_the_next_event_needs(gov, monkeypatch):
    kept = []
    module = sys.modules["governance.audit.verify"]
    made = module.new_walk

    def watched(*args, **kwargs):
        kept.append(made(*args, **kwargs))
        return kept[-1]

    monkeypatch.setattr(module, "new_walk", watched)
    with reading(gov.engine) as connection:
        verify(connection)
    things = kept[0].things
    assert things.events.keys() == {"ÆØ-1", "ÆØ-4", "ÆØ-5"}, "only of things that were corrected"
    slim = [entity for id_, entity in things.entities.items() if id_ not in things.events]
    assert len(slim) > 5
    assert all(not each.facts and not each.told and len(each.acts) <= 1 for each in slim)
