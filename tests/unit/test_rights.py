"""Who may do what, and when: nothing without an office, and each refusal says why and who can."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rights import ROLES, STRANGER, Caller, Duty, Office, permission
from governance.values import Truth

TODAY, BEFORE = date(2025, 9, 9), date(2024, 1, 1)
BODIES, CITIES = ("rådet", "udvalget"), ("Odense", "Aarhus")
SECRETARIAT, READER = Office("sekretariat", from_=BEFORE), Office("laeser", from_=BEFORE)
MANDATE = Office("mandat", "rådet", from_=BEFORE)
MEMBER = Office("medlem", "rådet", "Odense", BEFORE)


def seated(_body, _organisation):
    return Truth.TRUE


def asked(
    duty, *offices, today=TODAY, scopes=None, body="rådet", organisation="Odense", holds=seated, acted=None
):
    caller = Caller("a", "p-aaaaaaaa", offices, scopes)
    return permission(caller, duty, today, acted=acted, body=body, organisation=organisation, seated=holds)


offices = st.builds(
    Office,
    st.sampled_from([*ROLES, "direktør"]),
    st.sampled_from(["", *BODIES]),
    st.sampled_from(["", *CITIES]),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
questions = st.fixed_dictionaries(
    {
        "duty": st.sampled_from(Duty),
        "today": st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        "body": st.sampled_from(["", *BODIES]),
        "organisation": st.sampled_from(["", *CITIES]),
    }
)


@pytest.mark.parametrize("duty", Duty)
def test_whoever_holds_no_office_may_nothing(duty):
    assert not asked(duty).allowed
    assert not permission(STRANGER, duty, TODAY, body="rådet", organisation="Odense", seated=seated).allowed


@given(st.lists(offices, max_size=4), offices, questions)
def test_another_office_takes_no_right_away(held, more, question):
    before = asked(question["duty"], *held, **_rest(question))
    assert asked(question["duty"], *held, more, **_rest(question)).allowed or not before.allowed


def _rest(question):
    return {name: value for name, value in question.items() if name != "duty"}


@given(st.lists(offices, max_size=4), questions, st.frozensets(st.sampled_from(Duty)))
def test_a_tokens_scope_gives_nothing_its_holder_lacks(held, question, scopes):
    limited = asked(question["duty"], *held, scopes=scopes, **_rest(question))
    assert not limited.allowed or asked(question["duty"], *held, **_rest(question)).allowed


@given(st.lists(offices, max_size=4), questions)
def test_a_right_rests_on_an_office_held_that_day_whose_role_has_the_duty(held, question):
    found = asked(question["duty"], *held, **_rest(question))
    if found.allowed:
        assert found.office in held
        assert found.office.holds_on(question["today"])
        assert found.office.entitles(question["duty"]) or found.records
        if question["duty"] in (Duty.ACT, Duty.SCORE) and not found.records:
            assert found.office.body == question["body"] != ""
    else:
        assert found.office is None
        assert found.because.da
        assert found.because.en


def test_a_mandate_acts_for_its_own_body_only():
    assert asked(Duty.ACT, MANDATE).office == MANDATE
    refused = asked(Duty.ACT, MANDATE, body="udvalget")
    assert refused.because.en == "you hold no office in `udvalget`; its mandate or the secretariat can"
    assert not asked(Duty.ACT, replace(MANDATE, body=""), body="").allowed


def test_the_secretariat_records_for_every_body_and_is_told_apart_from_its_mandate():
    found = asked(Duty.ACT, SECRETARIAT, body="udvalget")
    assert (found.allowed, found.records, found.because.da) == (
        True,
        True,
        "efter embedet »Sekretariat: registrerer for alle organer«",
    )
    assert not asked(Duty.ACT, SECRETARIAT, MANDATE).records


def test_a_member_scores_for_their_own_organisation_only():
    assert asked(Duty.SCORE, MEMBER).allowed
    refused = asked(Duty.SCORE, MEMBER, organisation="Aarhus")
    assert refused.because.da == "du er ikke medlem for `Aarhus`; dens medlem eller sekretariatet kan"
    assert not asked(Duty.SCORE, MEMBER, body="udvalget").allowed


@pytest.mark.parametrize("truth", [Truth.FALSE, Truth.UNKNOWN])
def test_a_member_scores_only_while_their_organisation_surely_holds_a_seat(truth):
    refused = asked(Duty.SCORE, MEMBER, holds=lambda _body, _organisation: truth)
    assert not refused.allowed
    assert "holds no seat of `rådet`" in refused.because.en


def test_a_refusal_names_a_day_on_which_the_office_is_not_held():
    begins = replace(MANDATE, from_=TODAY - timedelta(days=7))
    early = asked(Duty.ACT, begins, acted=TODAY - timedelta(days=30))
    assert early.because.en.endswith("is held from 2 September 2025 and not on 10 August 2025")
    ended = asked(Duty.ACT, replace(MANDATE, to=TODAY - timedelta(days=1)), acted=TODAY - timedelta(days=30))
    assert ended.because.en.endswith("and not on 9 September 2025")


def test_a_token_too_narrow_for_an_office_that_is_held_is_told_as_such():
    refused = asked(Duty.ACT, MANDATE, scopes=frozenset({Duty.RECORD}))
    assert not refused.allowed
    assert refused.because.en == "the access token was not made for this; make one whose scope has `act`"


@pytest.mark.parametrize("duty", [Duty.RECORD, Duty.AUDIT, Duty.KEEP])
def test_a_reader_reads_and_no_more(duty):
    assert asked(Duty.READ, READER).allowed
    assert not asked(duty, READER).allowed


def test_who_keeps_the_accounts_can_neither_act_nor_record():
    administrator = Office("administrator", from_=BEFORE)
    assert asked(Duty.KEEP, administrator).allowed
    assert not any(asked(duty, administrator).allowed for duty in (Duty.ACT, Duty.RECORD, Duty.SCORE))


def test_an_office_is_held_on_its_first_and_its_last_day_and_no_other():
    office = Office("laeser", from_=TODAY, to=TODAY)
    day = timedelta(days=1)
    held = [asked(Duty.READ, office, today=TODAY + n * day).allowed for n in (-1, 0, 1)]
    assert held == [False, True, False]
    refused = asked(Duty.READ, office, today=TODAY + day)
    assert refused.because.en == (
        "your office “Reader: sees the record” is held from 9 September 2025 to 9 September 2025 "
        "and not on 10 September 2025"
    )
    assert refused.because.da.endswith(
        "gælder fra 9. september 2025 til 9. september 2025 og ikke 10. september 2025"
    )


def test_a_mandate_acts_on_days_it_was_held_and_the_secretariat_records_what_was_before_it():
    earlier = BEFORE - timedelta(days=1)
    assert asked(Duty.ACT, MANDATE, acted=BEFORE).allowed
    assert not asked(Duty.ACT, MANDATE, acted=earlier).allowed
    assert asked(Duty.ACT, SECRETARIAT, acted=earlier).allowed


def test_a_token_for_reading_only_does_not_act():
    refused = asked(Duty.ACT, MANDATE, scopes=frozenset({Duty.READ}))
    assert refused.because.en == "the access token was not made for this; make one whose scope has `act`"
    assert asked(Duty.ACT, MANDATE, scopes=frozenset({Duty.ACT})).allowed


def test_a_token_for_acting_does_not_record_for_others_and_says_which_scope_does():
    refused = asked(Duty.ACT, SECRETARIAT, scopes=frozenset({Duty.ACT}))
    assert not refused.allowed
    assert refused.because.en == "the access token was not made for this; make one whose scope has `record`"
    assert asked(Duty.ACT, SECRETARIAT, scopes=frozenset({Duty.RECORD})).allowed
