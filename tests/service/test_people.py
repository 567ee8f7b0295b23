"""Who the references stand for: written down, shown by name wherever they occur, and written about."""

from pathlib import Path

import pytest
from sqlalchemy import select

from governance.model import Text
from governance.service import (
    add_item,
    add_person,
    advance,
    audit_verify,
    correct,
    erase_person,
    history,
    item,
    open_governance,
    people,
    person,
    record_fact,
    record_thing,
    rename_person,
    report,
    steps,
)
from governance.service.naming import with_names
from governance.service.views import Said
from governance.store import reading
from governance.store.persons import REF, is_ref
from governance.store.schema import events
from tests.service.asking import everything, new, problems, stored

NAME, OTHER = "Qwertine Zappelstrup", "Ludvig Brasenhoved"
RULES = Path(__file__).parents[1] / "faults" / "rules"


@pytest.fixture
def strict(tmp_path):
    """An association where nobody may act for two bodies."""
    gov = open_governance(f"sqlite:///{tmp_path / 'strict.sqlite'}", RULES)
    yield gov
    gov.engine.dispose()


# Written down


def test_somebody_written_down_has_a_reference_that_says_nothing_of_them(each_gov):
    made = add_person(each_gov, f"  {NAME.replace(' ', '   ')} ", contact="qz@example.invalid")
    assert REF.fullmatch(made.ref)
    assert (made.name, made.contact, made.same_name) == (NAME, "qz@example.invalid", ())
    assert people(each_gov) == (made,)
    assert stored(each_gov)[0] == ()


def test_people_are_listed_by_name(each_gov):
    for name in (NAME, "Ådne Ø", OTHER):
        add_person(each_gov, name)
    assert {each.name for each in people(each_gov)} == {NAME, "Ådne Ø", OTHER}
    assert [each.name for each in people(each_gov)][:2] == [OTHER, NAME]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "the name is missing; write a text"),
        (" \n ", "the name is missing; write a text"),
        ("p-abcdefgh", "`p-abcdefgh` looks like a reference; write a name"),
        ("x" * 201, "the name has 201 characters; write at most 200"),
        ("a\0b", "the name holds characters that cannot be stored; remove control characters"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(gov, name, said):
    assert problems(add_person, gov, name) == [said]
    assert people(gov) == ()


def test_a_retry_with_a_key_gives_the_same_person(each_gov):
    first = add_person(each_gov, NAME, key="k")
    assert add_person(each_gov, NAME, key="k") == first
    assert is_ref(first.ref)
    assert add_person(each_gov, NAME, key="l").ref != first.ref
    (said,) = problems(add_person, each_gov, OTHER, key="k")
    assert said == f"the key `k` was used for another person ({first.ref}); take a new key"
    assert len(people(each_gov)) == 2


def test_a_retry_does_not_bring_back_who_was_erased(gov):
    first = add_person(gov, NAME, key="k")
    erase_person(gov, first.ref, reason="bedt om det")
    assert problems(add_person, gov, NAME, key="k") == [
        f"the key `k` was used for another person ({first.ref}); take a new key"
    ]
    assert people(gov) == ()


def test_a_person_has_another_name_and_the_same_reference(each_gov):
    ref = add_person(each_gov, NAME, contact="c").ref
    new(each_gov, recorder=NAME)
    done = rename_person(each_gov, ref, OTHER)
    assert (done.ref, done.name, done.contact) == (ref, OTHER, "c")
    assert history(each_gov, "ÆØ-1")[0].recorder == OTHER
    assert (person(each_gov, ref).name, person(each_gov, ref).former) == (OTHER, (NAME,))
    (said,) = problems(rename_person, each_gov, "p-aaaaaaaa", NAME)
    assert said == "there is no person of the reference `p-aaaaaaaa`; see `governance people list`"


def test_former_names_are_kept_once_each_and_never_the_one_they_have(each_gov):
    ref = add_person(each_gov, NAME, key="k").ref
    for name, former in (
        (NAME, ()),
        (OTHER, (NAME,)),
        ("Ådne Ø", (NAME, OTHER)),
        (OTHER, (NAME, "Ådne Ø")),
        (NAME, ("Ådne Ø", OTHER)),
    ):
        for _again in range(2):
            rename_person(each_gov, ref, name)
            assert (person(each_gov, ref).name, person(each_gov, ref).former) == (name, former)


def test_a_retry_gives_the_same_person_though_they_were_renamed(each_gov):
    first = add_person(each_gov, NAME, contact="c", key="k")
    renamed = rename_person(each_gov, first.ref, OTHER)
    assert add_person(each_gov, NAME, contact="c", key="k") == renamed
    assert problems(add_person, each_gov, NAME, contact="d", key="k")
    assert people(each_gov) == (renamed,)


# By name


def test_a_name_is_the_person_of_that_name_or_a_new_one(each_gov):
    known = add_person(each_gov, NAME).ref
    new(each_gov, recorder=f" {NAME.replace(' ', '  ')}")
    advance(each_gov, "ÆØ-1", "meld-klar", "kombit", person=known, recorder=OTHER)
    (first, second), _ = stored(each_gov)
    by_name = {each.name: each.ref for each in people(each_gov)}
    assert first.recorder == second.payload.request.person == by_name[NAME] == known
    assert second.payload.request.recorder == second.recorder == by_name[OTHER]
    assert len(by_name) == 2


def test_of_two_of_one_name_the_reference_says_who(each_gov):
    refs = sorted(add_person(each_gov, NAME).ref for _ in range(2))
    assert add_person(each_gov, NAME).same_name == tuple(refs)
    (said,) = problems(new, each_gov, recorder=NAME)
    assert said.startswith(f"several are called `{NAME}`; write one of the references ")
    assert all(ref in said for ref in refs)
    assert stored(each_gov)[0] == ()
    new(each_gov, recorder=refs[1])
    assert stored(each_gov)[0][0].recorder == refs[1]


def test_a_reference_of_nobody_is_no_new_person(gov):
    (said,) = problems(new, gov, recorder="p-aaaaaaaa")
    assert said == "there is no person of the reference `p-aaaaaaaa`; see `governance people list`"
    assert people(gov) == ()


# Shown


def test_a_person_is_shown_with_the_events_they_acted_in_and_the_texts_with_their_name(each_gov):
    ref = add_person(each_gov, NAME).ref
    new(each_gov, "ÆØ-1", source=f"mail fra {NAME}", recorder=OTHER)
    new(each_gov, "ÆØ-2", recorder=NAME)
    advance(each_gov, "ÆØ-1", "meld-klar", "kombit", person=NAME)
    found = person(each_gov, ref)
    assert (found.name, found.erased) == (NAME, False)
    assert [(each.event, each.entity) for each in found.events] == [(2, "ÆØ-2"), (3, "ÆØ-1")]
    assert [(each.event, each.entity, each.place.da) for each in found.texts] == [(1, "ÆØ-1", "kilde")]
    assert problems(person, each_gov, "p-aaaaaaaa")


def test_in_words_a_reference_is_told_as_the_name(strict):
    ref = add_person(strict, NAME).ref
    add_item(strict, "S-1", "sag", "Sagen")
    advance(strict, "S-1", "indstil", "udvalget", person=NAME)
    refused = advance(strict, "S-1", "beslut", "bestyrelsen", person=NAME, recorder=OTHER)
    assert not refused.allowed
    (mend,) = [each.mend for each in refused.findings if each.mend is not None]
    assert NAME in mend.da
    told = history(strict, "S-1")
    assert [(each.person, each.recorder) for each in told] == [("", ""), (NAME, ""), (NAME, OTHER)]
    for shown in (refused, told, item(strict, "S-1"), steps(strict, "S-1"), report(strict)):
        assert ref not in words_of(shown)
    events = everything(strict).events
    assert ref in events[2].payload.findings[-1].mend.da  # what is stored is the reference
    erase_person(strict, ref, reason="bedt om det")
    after = history(strict, "S-1")
    assert [(each.person, each.recorder) for each in after] == [
        ("", ""),
        ("[slettet]", ""),
        ("[slettet]", OTHER),
    ]
    assert "[slettet]" in after[2].findings[-1].mend.da
    again = advance(strict, "S-1", "beslut", "bestyrelsen", person=OTHER)
    assert again.allowed


def words_of(value):
    """Everything a view says, without the decision that stands beside it."""
    from governance.cli.speaking import plain

    return str(plain(value))


def test_only_whole_references_of_somebody_are_told_as_names():
    names = {"p-abcdefgh": "[slettet]", "p-22222222": NAME}
    said = "P-abcdefgh er ikke p-22222222; p-33333333, xp-22222222 og p-222222222 er ingen"
    told = with_names((Said("p-22222222", Text(said, said)),), names)
    right = f"[slettet] er ikke {NAME}; p-33333333, xp-22222222 og p-222222222 er ingen"
    assert told == (Said("p-22222222", Text(right, right)),)


# Written about


def with_point(gov):
    record_thing(gov, "m1", "meeting", links={"body": "referencegruppen"}, facts={}, source="x")
    record_thing(gov, "p1", "agenda-point", links={"meeting": "m1"}, facts={}, source="x")


def test_a_text_written_about_somebody_is_known_to_be(each_gov):
    ref = add_person(each_gov, NAME).ref
    with_point(each_gov)
    receipt = record_fact(each_gov, "p1", "conclusion", "hun er flyttet", source="s", about=ref)
    assert [each.payload.about for each in stored(each_gov)[0] if each.number == receipt.event] == [ref]
    assert person(each_gov, ref).events == ()
    assert [(each.event, each.place.en) for each in person(each_gov, ref).texts] == [(receipt.event, "fact")]
    fixed = correct(each_gov, receipt.event, reason="forkert ord", value="hun er rejst")
    texts = [(each.event, each.place.en) for each in person(each_gov, ref).texts]
    assert texts == [(receipt.event, "fact"), (fixed.event, "fact"), (fixed.event, "reason")]
    assert stored(each_gov)[0][-1].payload.replacement.about == ref
    again = correct(each_gov, fixed.event, reason="stadig forkert", value="hun bor her")
    gone = correct(each_gov, again.event, reason="hun vil ikke nævnes")
    erase_person(each_gov, ref, reason="bedt om det")
    told = str(history(each_gov, "p1"))
    for said in ("flyttet", "forkert ord", "rejst", "stadig", "bor her", "nævnes"):
        assert said not in told
    assert audit_verify(each_gov).problems == ()
    assert gone.event == again.event + 1


def test_who_a_text_is_about_cannot_be_changed_unseen(gov):
    ref = add_person(gov, NAME).ref
    with_point(gov)
    number = record_fact(gov, "p1", "conclusion", "hun er flyttet", source="s", about=ref).event
    this = events.c.number == number
    with gov.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_update")
        payload = connection.execute(select(events.c.payload).where(this)).scalar()
        turned = payload.replace(f'"about":"{ref}",', "")
        assert turned != payload
        connection.execute(events.update().where(this).values(payload=turned))
    found = audit_verify(gov).problems[0]
    assert found.place.en == f"event {number}"
    assert found.text.en.startswith("`hash` is ")


def test_an_event_that_is_about_nobody_is_written_as_before(gov):
    with_point(gov)
    receipt = record_fact(gov, "p1", "conclusion", "x", source="s")
    with reading(gov.engine) as connection:
        payload = connection.execute(
            select(events.c.payload).where(events.c.number == receipt.event)
        ).scalar()
    assert "about" not in payload


def test_what_is_written_about_somebody_must_be_a_text_that_can_go(gov):
    ref = add_person(gov, NAME).ref
    new(gov)
    assert problems(record_fact, gov, "ÆØ-1", "stemmer", "3", source="s", about=ref) == [
        "`stemmer` is no free text, so that it could not be erased again; leave --about out"
    ]
    with_point(gov)
    for who in ("p-aaaaaaaa", NAME):
        (said,) = problems(record_fact, gov, "p1", "conclusion", "x", source="s", about=who)
        assert said.startswith("there is no person of the reference")
    assert len(stored(gov)[0]) == 3


@pytest.mark.parametrize("name", ["\u200b", "Bo\u00ad Birkelund", "\u202eBo", "1234", "[slettet]"])
def test_a_name_is_written_in_letters_that_can_be_seen(gov, name):
    assert "cannot be read as a name" in problems(add_person, gov, name)[0]
    assert "cannot be read as a name" in problems(new, gov, recorder=name)[0]
