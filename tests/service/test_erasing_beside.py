"""What an erasure reaches beside the texts: keys of commands, former names, the access log, the settings."""

from sqlalchemy import select

from governance.service import (
    accesses,
    add_item,
    add_person,
    advance,
    audit_verify,
    erase_person,
    erasure_of,
    item,
    record_thing,
    rename_person,
)
from governance.store import reading
from governance.store.schema import keys
from governance.store.schema import people as persons
from tests.service.asking import everything, problems
from tests.service.erased import FIRST, LAST, NAME, OTHER, PARTS, WHY, filled, record
from tests.service.raw import files_with

__all__ = ["record"]


def test_a_key_that_could_betray_a_name_is_gone_and_the_others_forget_what_was_said(gov):
    ref = filled(gov)
    add_item(gov, "ÆØ-9", "aendringsoenske", "Ny", key=f"fra {NAME}")
    add_item(gov, "ÆØ-10", "aendringsoenske", f"Ny fra {NAME}", key=f"form/{'ab' * 16}")
    add_item(gov, "ÆØ-11", "aendringsoenske", "Ny", key=f"form/{'cd' * 16}")
    add_item(gov, "ÆØ-12", "aendringsoenske", "Ny", key="en helt anden")
    with reading(gov.engine) as connection:
        before = {row.key: row.content for row in connection.execute(select(keys))}
    assert erasure_of(gov, ref).keys == 3
    erase_person(gov, ref, reason=WHY)
    with reading(gov.engine) as connection:
        after = {row.key: row.content for row in connection.execute(select(keys))}
    others = {key: before[key] for key in (f"form/{'cd' * 16}", "en helt anden")}
    assert after == others | {"klar": "0" * 64}
    count = len(everything(gov).events)
    (said,) = problems(
        advance,
        gov,
        "ÆØ-1",
        "meld-klar",
        "kombit",
        person=NAME,
        reason=f"{FIRST}\n   {LAST}s ord",
        key="klar",
    )
    assert said.startswith("the key `klar` was used for something else (event 3)")
    assert len(everything(gov).events) == count


def test_a_key_forgets_a_name_that_an_earlier_event_of_its_command_holds(each_gov):
    ref = add_person(each_gov, NAME).ref
    record_thing(each_gov, "m1", "meeting", links={"body": "referencegruppen"}, facts={}, source="x")
    for key in ("punkt", f"form/{'ab' * 16}"):
        said = {"links": {"meeting": "m1"}, "facts": {"conclusion": "enige"}, "source": "x", "key": key}
        record_thing(each_gov, f"p-{key}", "agenda-point", title=f"Om {NAME}", **said)
    advance(each_gov, new_item(each_gov), "meld-klar", "kombit", key="en helt anden")
    found = erasure_of(each_gov, ref)
    assert {each.place.en for each in found.texts} == {"title"}
    with reading(each_gov.engine) as connection:
        before = {row.key: (row.content, row.event) for row in connection.execute(select(keys))}
    assert not {each.event for each in found.texts} & {event for _, event in before.values()}
    assert found.keys == 2
    erase_person(each_gov, ref, reason=WHY)
    with reading(each_gov.engine) as connection:
        after = {row.key: row.content for row in connection.execute(select(keys))}
    assert after == {"punkt": "0" * 64, "en helt anden": before["en helt anden"][0]}
    assert audit_verify(each_gov).problems == ()


def new_item(gov):
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")
    return "ÆØ-1"


def test_who_was_renamed_is_erased_by_every_name_they_had(record):
    ref = filled(record)
    other = add_person(record, "Kim Birkefrost").ref
    for name in ("Fritjof Knallhatgren", "Kim Birkefrost"):
        rename_person(record, ref, name)
    add_item(record, "ÆØ-7", "aendringsoenske", "Fra knallhatgren, Fritjof Knallhatgren")
    assert files_with(record, *PARTS, "Knallhat")
    told = erasure_of(record, ref)
    assert [each.event for each in told.texts][:8] == [1, 2, 3, 4, 6, 10, 11, 12]
    assert (told.texts[8].entity, len(told.texts)) == ("ÆØ-7", 9)
    done = erase_person(record, ref, reason=WHY)
    assert (done.swept, done.left[0].en) == (True, f"the name or contact of {other}")
    assert files_with(record, *PARTS, "Knallhat") == []
    assert audit_verify(record).problems == ()


def test_the_reason_may_not_hold_a_former_name_either(gov):
    ref = filled(gov)
    rename_person(gov, ref, "Fritjof Knallhatgren")
    (said,) = problems(erase_person, gov, ref, reason=f"{NAME} bad om det")
    assert said == "the reason names the one who is erased; write it without the name"


def test_somebody_who_once_had_the_name_is_told_of(gov):
    ref, other = (add_person(gov, NAME).ref for _ in range(2))
    rename_person(gov, other, OTHER)
    assert [each.en for each in erasure_of(gov, ref).left] == [f"the name or contact of {other}"]
    assert [note.en for note in erasure_of(gov, other).notes] == [
        f"{ref} has the same name; texts with the name go, whomever of them they are about"
    ]


def test_the_access_log_and_the_settings_keep_their_lines_without_the_name(gov):
    ref = filled(gov)
    erase_person(gov, ref, reason=WHY)
    assert [(each.who, each.what) for each in accesses(gov)] == [("[slettet]", "ÆØ-1")]


def test_unseen_signs_in_a_text_do_not_hide_a_name(each_gov):
    ref = add_person(each_gov, "Bo Birkelund").ref
    add_item(
        each_gov, "ÆØ-1", "aendringsoenske", "Bo\u00ad Birkelund skrev", source="Bo\u200b Birkelund sagde"
    )
    done = erase_person(each_gov, ref, reason="efter ønske")
    assert sorted(each.place.en for each in done.texts) == ["source", "title"]
    assert {event.source for event in everything(each_gov).events} == {"[slettet]", ""}


def test_the_same_key_with_more_words_removes_what_they_stand_in(each_gov):
    ref = add_person(each_gov, "Bo Birkelund").ref
    add_item(each_gov, "ÆØ-1", "aendringsoenske", "Komponisten vandt")
    first = erase_person(each_gov, ref, reason="efter ønske", key="k")
    assert erase_person(each_gov, ref, reason="efter ønske", key="k").receipt == first.receipt
    more = erase_person(each_gov, ref, reason="efter ønske", key="k", also=["Komponisten"])
    assert [each.place.en for each in more.texts] == ["title"]
    assert item(each_gov, "ÆØ-1").line.title == "[slettet]"
    assert audit_verify(each_gov).problems == ()


def test_a_name_put_back_for_somebody_erased_is_named_by_the_audit(each_gov):
    ref = add_person(each_gov, "Bo Birkelund").ref
    add_item(each_gov, "ÆØ-1", "aendringsoenske", "Et ønske", recorder="Bo Birkelund")
    erase_person(each_gov, ref, reason="efter ønske")
    with each_gov.engine.begin() as connection:
        connection.execute(persons.insert(), {"ref": ref, "name": "Anna", "contact": "", "former": ""})
    (problem,) = audit_verify(each_gov).problems
    assert (problem.place.en, problem.text.en) == (f"people {ref}", "was erased, but has a name again")
