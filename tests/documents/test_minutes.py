"""The minutes: who came, what was concluded, who is to do what by when, and whether they are approved."""

from datetime import date

import pytest

from governance.documents import (
    Approval,
    Attendance,
    Conclusion,
    FollowUp,
    Meeting,
    Participant,
    Point,
    minutes_docx,
    minutes_pdf,
)
from governance.values import day, month_of
from tests.documents.docx_text import lines
from tests.documents.meeting_round import WRITTEN, minutes_meeting
from tests.documents.pdf_text import pdf_text, squeezed


def told(meeting, language="da"):
    return lines(minutes_docx(meeting, language))


def point(**facts):
    return minutes_meeting(points=(Point("1", "Punkt", **facts),))


def test_attendance_is_told_by_how_they_took_part_and_role():
    said = told(minutes_meeting())
    start = said.index("Fremmøde")
    members = "Horsens, Middelfart (sidste møde), Køge, Fredensborg, Aalborg (sidste møde)"
    assert said[start + 1 : start + 7] == [
        f"Til stede\tMedlemmer: {members}, Glostrup, Fredericia (sidste møde)",
        "\tMødeleder: KOMBIT",
        "\tObservatører: Socialstyrelsen",
        "Afbud\tMedlemmer: Lolland",
        "Udeblevet\tObservatører: KL",
        "Fremmøde ikke oplyst\tLeverandør: Netcompany",
    ]


@pytest.mark.parametrize(
    ("attendances", "present"),
    [
        ((), "ikke oplyst"),
        ((Attendance.UNKNOWN,), "ikke oplyst"),
        ((Attendance.ABSENT,), "ingen"),
        ((Attendance.APOLOGIES, Attendance.ABSENT), "ingen"),
        ((Attendance.PRESENT,), "R: O"),
    ],
)
def test_nobody_present_is_told_apart_from_not_known(attendances, present):
    participants = tuple(Participant("O", "R", attendance) for attendance in attendances)
    assert f"Til stede\t{present}" in told(minutes_meeting(participants=participants))


def test_a_conclusion_tells_the_act_its_words_the_body_and_the_event():
    concluded = Conclusion("Udsat", "Referencegruppen", "214", "Til næste møde.")
    said = told(point(question="Hvad nu?", conclusion=concluded))
    assert "Konklusion\tUdsat: Til næste møde. (Referencegruppen, hændelse 214)" in said
    assert "Conclusion\tUdsat: Til næste møde. (Referencegruppen, event 214)" in told(
        point(conclusion=concluded), "en"
    )


@pytest.mark.parametrize(
    ("conclusion", "said"),
    [
        (Conclusion("Udsat"), "Udsat"),
        (Conclusion("", text="Til næste møde"), "Til næste møde"),
        (Conclusion("Udsat", "Gruppen"), "Udsat (Gruppen)"),
        (Conclusion("Udsat", event="9"), "Udsat (hændelse 9)"),
        (Conclusion(""), "ikke oplyst"),
    ],
)
def test_what_is_not_known_of_a_conclusion_is_left_out(conclusion, said):
    assert f"Konklusion\t{said}" in told(point(conclusion=conclusion))


@pytest.mark.parametrize("put", ["question", "proposal", "recommendation"])
def test_a_point_put_to_the_group_without_an_answer_has_no_conclusion(put):
    assert "Konklusion\tIngen konklusion" in told(point(**{put: "Noget"}))


def test_a_point_with_nothing_to_answer_is_not_said_to_lack_a_conclusion():
    assert not [line for line in told(point(text="Orientering")) if "onklusion" in line]


def test_follow_ups_stand_at_their_point_and_together_at_the_end():
    todo = (FollowUp("undersøger ydeevnen", "Netcompany", month_of(2025, 11)), FollowUp("skriver referat"))
    nested = Point("4", "Henvendelser", points=(Point("4.2", "Log", follow_ups=todo),))
    said = told(minutes_meeting(points=(nested,)))
    assert "Opfølgning\tNetcompany: undersøger ydeevnen (frist november 2025)" in said
    assert "\tAnsvarlig ikke oplyst: skriver referat (frist ikke oplyst)" in said
    start = said.index("Punkt | Hvad | Hvem | Frist")
    assert said[start - 1] == "Opfølgning"
    assert said[start + 1 : start + 3] == [
        "4.2 | undersøger ydeevnen | Netcompany | november 2025",
        "4.2 | skriver referat | ikke oplyst | ikke oplyst",
    ]


def test_minutes_without_follow_ups_have_no_table_of_them():
    assert not [line for line in told(point()) if "Opfølgning" in line]


@pytest.mark.parametrize(
    ("approval", "said"),
    [
        (None, ["Referatet er ikke godkendt endnu."]),
        (
            Approval(day(date(2025, 10, 1)), "Gruppen"),
            ["Godkendt\tonsdag den 1. oktober 2025", "Af\tGruppen"],
        ),
        (Approval(), ["Godkendt\tikke oplyst", "Af\tikke oplyst"]),
    ],
)
def test_minutes_end_by_saying_whether_they_are_approved(approval, said):
    found = told(minutes_meeting(approval=approval))
    assert found[-len(said) - 1 :] == ["Godkendelse", *said]


@pytest.mark.parametrize("language", ["da", "en"])
def test_minutes_of_which_nothing_is_known_read_naturally(language):
    nothing = Meeting("", "", WRITTEN)
    said = told(nothing, language)
    assert said[-3:-1] == [
        {"da": "Referatet har ingen punkter.", "en": "The minutes have no points."}[language],
        {"da": "Godkendelse", "en": "Approval"}[language],
    ]
    assert squeezed("".join(said)) in pdf_text(minutes_pdf(nothing, language))


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pdf_tells_all_the_docx_tells(language):
    meeting = minutes_meeting()
    said = pdf_text(minutes_pdf(meeting, language))
    for line in told(meeting, language):
        if " | " not in line:  # words in tables are broken by hyphens
            assert squeezed(line) in said


@pytest.mark.parametrize("write", [minutes_docx, minutes_pdf])
def test_the_same_minutes_are_the_same_bytes(write):
    assert write(minutes_meeting(), "en") == write(minutes_meeting(), "en")
