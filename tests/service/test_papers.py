"""The papers of a round are filled in from the record, and come out alike from the same record."""

import io

import pytest
from openpyxl import load_workbook

from governance.documents import Attendance
from governance.model import RequestError
from governance.service import (
    advance,
    call_document,
    conclude,
    meeting_document,
    note_attendance,
    orders_document,
    put_on_agenda,
    record_fact,
    record_thing,
)
from governance.service.papers import meeting_paper

BEFORE = {"on": "2024-01-01", "origin": "history", "source": "kommissoriet"}


def planned(gov, day, **facts):
    record_thing(gov, "referencegruppen", "body", links={}, facts={"places": "9"}, **BEFORE)
    links = {"body": "referencegruppen"}
    facts = {"date": day, **facts}
    record_thing(
        gov, "m", "meeting", links=links, facts=facts, title="Forårsmødet", origin="live", source="x"
    )


def flat(points):
    return [inner for point in points for inner in (point, *point.points)]


def test_the_agenda_has_the_sections_of_the_rules_in_order_and_the_points_under_them(demo):
    paper = meeting_paper(demo, "moede-2025-09-09", on="2025-09-09")
    assert [point.number for point in paper.points] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [point.number for point in paper.points[2].points] == ["3.1", "3.2", "3.3", "3.4"]
    first = paper.points[2].points[0]
    assert (first.item, first.question) != ("", "")
    assert first.item == "ÆØ-1765"
    assert "handicapsag" in first.question.da


def test_a_section_that_is_a_table_has_its_items_in_rows_and_not_one_by_one(demo):
    paper = meeting_paper(demo, "moede-2025-09-09", on="2025-09-09")
    feedback = paper.points[4]
    assert feedback.points == ()
    (rows,) = feedback.tables
    assert len(rows.rows) == 11
    assert rows.rows[9][0] == "5.10"


def test_who_sat_on_the_day_of_the_meeting_is_a_member_in_its_papers_whenever_they_are_written(demo):
    for on in ("2025-09-09", "2026-10-01"):
        roles = {
            str(each.organisation.da): each.role.da
            for each in meeting_paper(demo, "moede-2025-09-09", on=on).participants
        }
        assert roles["Aalborg"] == "Medlemmer"
        assert roles["KL"] == "Observatør"


def test_the_reminder_falls_on_the_day_the_rules_aim_at(demo):
    assert meeting_paper(demo, "moede-2025-09-09", on="2025-09-09").dispatch.isoformat() == "2025-08-30"


def test_the_minutes_tell_who_came_and_what_was_concluded_and_when_they_were_approved(gov):
    day = gov.today.isoformat()
    planned(gov, day, sted="kombit-koebenhavn", form="fysisk", begynder="10.00")
    put_on_agenda(gov, "m", "orientering", title="Ny strategi")
    put_on_agenda(gov, "m", "eventuelt", title="Næste møde")
    note_attendance(gov, "m", "Horsens", "til-stede")
    note_attendance(gov, "m", "Køge", "afbud")
    conclude(
        gov, "m/2.1", "konkluder-orientering", inputs={"conclusion": "Gruppen tog det til efterretning."}
    )
    conclude(gov, "m/7.1", "ingen-konklusion")
    for step, body in (("indkald", "kombit"), ("afhold", "kombit"), ("skriv-referat", "kombit")):
        assert advance(gov, "m", step, body).allowed
    before = meeting_paper(gov, "m", minutes=True)
    assert before.approval is None
    assert advance(gov, "m", "godkend-referat", "referencegruppen").allowed
    paper = meeting_paper(gov, "m", minutes=True)
    assert paper.approval.on.point == gov.today
    assert (paper.starts.hour, paper.place.da) == (10, "KOMBIT i København")
    came = {each.organisation.da: each.attendance for each in paper.participants}
    assert came == {"Horsens": Attendance.PRESENT, "Køge": Attendance.APOLOGIES}
    told = {point.number: point.conclusion for point in flat(paper.points) if point.conclusion}
    assert told["2.1"].text == "Gruppen tog det til efterretning."
    assert told["2.1"].act.da == "Taget til efterretning"
    assert told["7.1"].act.da == "Ingen konklusion"


def test_a_cancelled_meeting_says_so_in_its_invitation(gov):
    planned(gov, "2026-12-24")
    assert advance(gov, "m", "aflys", "kombit").allowed
    assert b"STATUS:CANCELLED" in meeting_document(gov, "m", "invitation-ics").content


@pytest.mark.parametrize(
    "kind", ["agenda-pdf", "agenda-docx", "minutes-pdf", "minutes-docx", "invitation-ics"]
)
def test_the_same_record_gives_the_same_bytes_and_a_name_that_says_what_it_is(demo, kind):
    one, other = (meeting_document(demo, "moede-2025-09-09", kind, on="2025-09-09") for _ in range(2))
    assert one == other
    assert one.name.endswith(kind.partition("-")[2])
    assert "moede-2025-09-09" in one.name


def test_a_paper_there_is_none_of_is_refused_with_those_there_are(demo):
    with pytest.raises(RequestError, match="there is no paper `poster`") as refused:
        meeting_document(demo, "moede-2025-09-09", "poster")
    assert "agenda-pdf" in refused.value.problems[0].en


def test_an_invitation_to_a_day_that_is_not_known_is_refused(demo):
    with pytest.raises(RequestError):
        meeting_document(demo, "moede-2025-03", "invitation-ics", on="2025-09-09")


def test_the_call_names_the_vacant_places_what_is_asked_and_that_no_deadline_is_agreed(demo):
    told = call_document(demo, on="2025-09-10", answer_to="sekretariatet").content.decode()
    assert "3 pladser" in told
    assert "tilsluttet DUBU" in told
    assert "to år" in told
    assert "ikke aftalt nogen frist" in told
    assert "sekretariatet" in told
    assert "slået op før" not in told


def test_the_list_of_orders_has_what_is_ordered_with_its_days_and_nothing_else(demo):
    content = orders_document(demo, on="2025-09-10").content
    sheet = load_workbook(io.BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    numbers = {row[0] for row in rows if row[0] and str(row[0]).startswith("tilbagemelding")}
    assert numbers == {"tilbagemelding-02", "tilbagemelding-05", "tilbagemelding-06", "tilbagemelding-08"}
    record_fact(demo, "tilbagemelding-02", "stoerrelse", "M", source="leverandøren")
    later = load_workbook(io.BytesIO(orders_document(demo).content)).active
    assert any("M" in [cell.value for cell in row] for row in later.iter_rows())
