"""Whoever is erased is gone from the database's own files, and the record stands."""

import threading

import pytest
from sqlalchemy import select

from governance.model import Erased, Text
from governance.service import (
    accesses,
    add_item,
    add_person,
    audit_verify,
    erase_person,
    erasure_of,
    history,
    item,
    items,
    people,
    person,
    report,
)
from governance.store import reading
from governance.store.schema import texts
from tests.service.asking import everything, problems
from tests.service.erased import LAST, MAIL, NAME, OTHER, PARTS, WHY, filled, record
from tests.service.raw import files_with

__all__ = ["record"]


def everything_shown(gov):
    """Every page of the record in words."""
    ids = dict.fromkeys(event.entity for event in everything(gov).events)
    shown = [history(gov, id_) for id_ in ids]
    return str(
        [shown, item(gov, "ÆØ-1"), item(gov, "ÆØ-2"), items(gov), report(gov), accesses(gov), people(gov)]
    )


def test_what_goes_is_what_is_about_them_or_has_the_name_and_nothing_else(gov):
    ref = filled(gov)
    told = erasure_of(gov, ref)
    assert [(each.event, each.entity, each.place.en) for each in told.texts] == [
        (1, "ÆØ-1", "title"),
        (2, "ÆØ-2", "source"),
        (3, "ÆØ-1", "reason"),
        (4, "ÆØ-1", "source"),
        (6, "ÆØ-1", "reason"),
        (10, "p1", "fact"),
        (11, "ÆØ-2", "sentences of the answer"),
        (12, "ÆØ-2", "sentences of the answer"),
    ]
    assert (told.done, told.keys, told.accesses, told.settings) == (False, 1, 1, 1)
    before = all_texts(gov)
    done = erase_person(gov, ref, reason=WHY)
    assert done.texts == told.texts
    gone = before - all_texts(gov)
    assert len(gone) == 8
    assert not any("hund" in each or "intet særligt" in each or each == "journalen" for each in gone)
    assert [each.name for each in people(gov)] == [OTHER]


def all_texts(gov):
    with reading(gov.engine) as connection:
        return set(connection.execute(select(texts.c.text)).scalars())


def test_everything_still_answers_and_says_that_it_is_erased(record):
    ref = filled(record)
    acted = {event.number: event for event in history(record, "ÆØ-1")}
    assert (acted[3].person, acted[1].recorder) == (NAME, OTHER)
    erase_person(record, ref, reason=WHY, recorder=OTHER)
    shown = everything_shown(record)
    assert not any(part in shown for part in PARTS)
    assert item(record, "ÆØ-1").line.title == "[slettet]"
    after = {event.number: event for event in history(record, "ÆØ-1")}
    assert (after[3].person, after[1].recorder, after[4].source) == ("[slettet]", OTHER, "[slettet]")
    told = history(record, "ÆØ-2")
    assert told[-3].findings[0].because == Text("[slettet]", "[slettet]")
    assert told[-1].findings[0].because.da == "Svaret var intet særligt"
    (line,) = history(record, ref)
    assert (line.kind, line.recorder) == ("erased", OTHER)
    assert line.what.en == f"Name and 8 texts erased: {WHY}"


def test_the_record_holds_before_and_after(record):
    ref = filled(record)
    before = audit_verify(record)
    assert before.problems == ()
    erase_person(record, ref, reason=WHY)
    after = audit_verify(record, expect=[before.head])
    assert (after.problems, after.events) == ((), before.events + 1)


def test_one_event_on_the_reference_lists_the_digests_of_what_went(gov):
    ref = filled(gov)
    done = erase_person(gov, ref, reason=WHY)
    event = everything(gov).events[-1]
    assert (event.number, event.entity, event.hash) == (done.receipt.event, ref, done.receipt.hash)
    assert event.payload == Erased(WHY, event.payload.texts)
    assert len(set(event.payload.texts)) == 8
    with reading(gov.engine) as connection:
        assert not connection.execute(select(texts).where(texts.c.digest.in_(event.payload.texts))).all()


def test_a_name_typed_again_is_somebody_new_and_the_old_reference_nobody(gov):
    ref = filled(gov)
    erase_person(gov, ref, reason=WHY)
    add_item(gov, "ÆØ-3", "aendringsoenske", "Ny", recorder=NAME)
    (again,) = (each for each in people(gov) if each.name == NAME)
    assert again.ref != ref
    assert problems(add_item, gov, "ÆØ-4", "aendringsoenske", "Ny", recorder=ref) == [
        f"there is no person of the reference `{ref}`; see `governance people list`"
    ]
    assert person(gov, ref).erased
    assert history(gov, "ÆØ-1")[1].person == "[slettet]"


def test_who_writes_the_name_at_the_same_moment_writes_it_before_or_after(each_gov):
    ref = add_person(each_gov, NAME).ref
    start, came = threading.Barrier(7), []

    def write(number):
        start.wait()
        add_item(each_gov, f"ÆØ-{number}", "aendringsoenske", f"Fra {NAME}", recorder=NAME)

    def erase():
        start.wait()
        came.append(erase_person(each_gov, ref, reason=WHY))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    threads.append(threading.Thread(target=erase))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    erased = came[0].receipt.event
    for event in everything(each_gov).events:
        if event.number < erased:
            assert (event.recorder, event.payload.title) == (ref, "[slettet]")
        elif event.number > erased:
            assert event.recorder != ref
            assert event.payload.title == f"Fra {NAME}"
    assert audit_verify(each_gov).problems == ()


# What is asked for


def test_the_reason_may_not_hold_the_name(gov):
    ref = filled(gov)
    before = everything(gov).events
    for reason in (f"{NAME} bad om det", NAME.upper(), f"skriv til {MAIL}", "Vaks er død"):
        (said,) = problems(erase_person, gov, ref, reason=reason, also=["vaks"])
        assert said == "the reason names the one who is erased; write it without the name"
    assert problems(erase_person, gov, ref, reason=" ") == ["the reason is missing; write a text"]
    assert everything(gov).events == before
    assert person(gov, ref).name == NAME


def test_other_words_go_when_they_are_named(gov):
    ref = filled(gov)
    assert files_with(gov, "Vaks")
    done = erase_person(gov, ref, reason=WHY, also=["VAKS"])
    assert len(done.texts) == 9
    assert files_with(gov, *PARTS, "Vaks") == []


def test_a_word_remembered_later_can_still_go(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY)
    done = erase_person(gov, ref, reason=WHY, also=["Vaks"])
    assert done.receipt.event == first.receipt.event + 1
    assert [(each.event, each.place.en) for each in done.texts] == [(5, "source")]
    assert files_with(gov, "Vaks") == []
    assert audit_verify(gov).problems == ()


@pytest.mark.parametrize(
    ("word", "goes"),
    [
        ("Bo", ["Bo", "bo kom", "fra Bo.", "Bos hund", "Bo's hund", "med\nBO"]),
        ("Ada", ["Ada", "kære Ada"]),
        ("Lang", ["Lang", "langs", "halvlang", "LANG"]),
        ("ÅGE Ø", ["åge\t\nø", "A\u030age Ø", "åge øh"]),
        ("ﬁnn-Ole", ["finn-ole", "FINN-OLE"]),
    ],
)
def test_short_words_are_found_alone_and_others_wherever_they_stand(gov, word, goes):
    stays = ["borger", "Bodil", "Adam", "Canada", "åges", "finn ole"]
    for number, title in enumerate([*goes, *stays]):
        add_item(gov, f"ÆØ-{number}", "aendringsoenske", title)
    ref = add_person(gov, word).ref
    found = [int(each.entity.removeprefix("ÆØ-")) for each in erasure_of(gov, ref).texts]
    assert found == list(range(len(goes)))


def test_nobody_is_erased_who_is_not_there(gov):
    filled(gov)
    for ref in ("p-aaaaaaaa", NAME, "ÆØ-1", ""):
        (said,) = problems(erase_person, gov, ref, reason=WHY)
        assert said.startswith("there is no person of the reference")
        assert problems(erasure_of, gov, ref)


def test_a_word_of_one_letter_is_refused(gov):
    ref = filled(gov)
    assert problems(erase_person, gov, ref, reason=WHY, also=["x"]) == ["`x` is too short; write two or more"]


def test_others_of_the_same_name_are_told_of(gov):
    ref, other = (add_person(gov, NAME).ref for _ in range(2))
    told = erasure_of(gov, ref)
    assert [note.en for note in told.notes] == [
        f"{other} has the same name; texts with the name go, whomever of them they are about"
    ]
    erase_person(gov, ref, reason=WHY)
    assert [each.ref for each in people(gov)] == [other]


def test_somebody_may_record_that_they_are_erased_themselves(gov):
    ref = add_person(gov, NAME).ref
    done = erase_person(gov, ref, reason=WHY, recorder=NAME)
    assert everything(gov).events[-1].recorder == ref
    assert done.swept
    assert history(gov, ref)[0].recorder == "[slettet]"
    assert files_with(gov, *PARTS) == []


# What cannot go


def test_what_the_record_cannot_lose_is_told_and_not_hidden(gov):
    add_item(gov, f"ÆØ-{LAST}", "aendringsoenske", "Et ønske")
    other = add_person(gov, "Kim", contact=f"c/o {NAME}").ref
    ref = add_person(gov, LAST).ref
    left = [each.en for each in erasure_of(gov, ref).left]
    assert left == [
        "event 1: in an id, a link or an answer of several words; events cannot be changed",
        f"the name or contact of {other}",
    ]
    done = erase_person(gov, ref, reason=WHY)
    assert [each.en for each in done.left] == left
    assert files_with(gov, LAST)


def test_a_rule_file_with_the_name_is_told(gov):
    record_fact_with_rules(gov)
    ref = add_person(gov, "Referencegruppen").ref
    left = [each.en for each in erasure_of(gov, ref).left]
    assert "the stored rulebook dubu/2024-01-01" in left
    assert any(each.startswith("the rule file dubu/2024-01-01/") for each in left)


def record_fact_with_rules(gov):
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")


def test_a_digest_that_happens_to_spell_a_name_is_no_trace(gov):
    filled(gov)
    start = everything(gov).events[0].payload
    with reading(gov.engine) as connection:
        digest = connection.execute(select(texts.c.digest).where(texts.c.event == 1)).scalar()
    assert start.title
    assert erasure_of(gov, add_person(gov, digest[10:16]).ref).left == ()


def test_the_answer_says_what_is_outside_the_promise(each_gov):
    ref = filled(each_gov)
    done = erase_person(each_gov, ref, reason=WHY)
    assert "kopier og eksporter" in done.outside.da
    assert ("WAL" in done.outside.en) == (each_gov.engine.dialect.name == "postgresql")


# Again, and broken off


def test_the_same_again_stores_nothing_more(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY)
    again = erase_person(gov, ref, reason=WHY)
    assert again.receipt == first.receipt
    assert (again.done, again.swept, again.texts) == (True, True, ())


def test_a_key_gives_the_first_receipt_and_another_content_is_refused(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY, key="slet")
    assert erase_person(gov, ref, reason=WHY, key="slet").receipt == first.receipt
    (said,) = problems(erase_person, gov, ref, reason="noget andet", key="slet")
    assert said.startswith("the key `slet` was used for something else")
