"""Tables from before the tool are taken in as history: judged, never refused, all rows or none."""

from dataclasses import replace
from datetime import date

import pytest

from governance.model import Origin, RequestError, StepTaken
from governance.service import (
    TemplateView,
    add_item,
    advance,
    audit_head,
    correct,
    history,
    import_table,
    item,
    rules_folder,
    template_view,
    write_template,
)
from governance.service.importing.templates import TEMPLATES
from governance.tables import write_table
from governance.values import Choice, Span, number
from tests.service.asking import everything, number_of, rows_agree_with_events
from tests.service.tables import EVENTS, GROUP, ITEMS, record, refused, taken, whole_group


def test_items_are_entered_as_history_with_their_facts_and_source(each_gov, tmp_path):
    view = taken(each_gov, tmp_path, "items", ITEMS)
    assert (view.new, view.known, view.events, view.stored) == (2, 0, 3, True)
    thing = record(each_gov)["ÆØ-1765"]
    assert thing.origin is Origin.IMPORTED
    assert thing.since == Span(date(2024, 9, 1), date(2024, 9, 1))
    assert thing.facts["stoerrelse"].value.options == frozenset({"M"})
    assert thing.facts["stoerrelse"].source == "liste"
    assert record(each_gov)["ÆØ-1754"].since == Span(date(2024, 9, 1), date(2024, 9, 30))
    assert rows_agree_with_events(each_gov)


def test_past_steps_are_judged_and_kept_whatever_the_verdict(each_gov, tmp_path):
    taken(each_gov, tmp_path, "items", ITEMS)
    view = taken(each_gov, tmp_path, "events", EVENTS)
    assert view.verdicts == {"kept": 2, "unknown": 1}
    assert item(each_gov, "ÆØ-1754").line.state.id == "bestilt"
    events = [each for each in everything(each_gov).events if isinstance(each.payload, StepTaken)]
    assert {each.origin for each in events} == {Origin.IMPORTED}
    assert [each.payload.request.step for each in events] == ["afklar", "hoer", "bestil"]
    assert all(each.payload.findings for each in events)


def test_a_dry_run_does_the_same_and_takes_it_back(each_gov, tmp_path):
    view = taken(each_gov, tmp_path, "items", ITEMS, dry_run=True)
    assert (view.new, view.events, view.stored) == (2, 3, False)
    assert everything(each_gov).events == ()
    real = taken(each_gov, tmp_path, "items", ITEMS)
    assert (view.head, real.head) == ("", audit_head(each_gov))
    assert replace(view, stored=True, head=real.head) == real
    judged = taken(each_gov, tmp_path, "events", EVENTS, dry_run=True)
    assert judged.verdicts == {"kept": 2, "unknown": 1}
    assert taken(each_gov, tmp_path, "events", EVENTS).verdicts == judged.verdicts


@pytest.mark.parametrize("template", ["items", *GROUP, "events"])
def test_what_is_taken_in_again_is_there_already_and_nothing_is_doubled(gov, tmp_path, template):
    whole_group(gov, tmp_path)
    content = {"items": ITEMS, "events": EVENTS, **GROUP}[template]
    taken(gov, tmp_path, template, content)
    before = everything(gov).events
    view = taken(gov, tmp_path, template, content)
    assert (view.new, view.known, view.events) == (0, content.count("\n") - 1, 0)
    assert everything(gov).events == before


def test_a_row_that_stands_twice_in_a_file_counts_once(gov, tmp_path):
    view = taken(gov, tmp_path, "items", ITEMS + ITEMS.splitlines()[1] + "\n")
    assert (view.new, view.known) == (2, 1)


def test_rows_in_another_order_and_format_and_spelling_are_the_same_rows(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    lines = (
        '{"number": "1765", "kind": "Ændringsønske", "title": "Screening", '
        '"on": "1.9.2024", "source": "liste", "stoerrelse": "m"}\n'
    )
    view = taken(gov, tmp_path, "items", lines, "t.jsonl")
    assert (view.new, view.known) == (0, 1)


def test_an_item_that_was_entered_by_hand_is_not_taken_in_once_more(gov, tmp_path):
    add_item(gov, "ÆØ-1765", "aendringsoenske", "Screening")
    (problem,) = refused(gov, tmp_path, "items", ITEMS)
    assert problem.startswith("row 2, column `nummer`: `ÆØ-1765` is there already")


def test_facts_stand_under_their_id_or_their_label_in_either_language(gov, tmp_path):
    content = "Nummer;Type;Titel;Kilde;Estimatet;Størrelseskoden\nÆØ-1;Change request;Et;k;½;xs|m\n"
    taken(gov, tmp_path, "items", content)
    facts = record(gov)["ÆØ-1"].facts
    assert facts["estimat-aar"].value == number("1/2")
    assert facts["stoerrelse"].value.options == frozenset({"XS", "M"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ØÆ-1716", "ÆØ-1716"),
        ("1754", "ÆØ-1754"),
        ("æø 1605", "ÆØ-1605"),
        ("ÆØ – 1434", "ÆØ-1434"),
        ("ÆØ1434", "ÆØ-1434"),
        ("øæ−1716", "ÆØ-1716"),  # noqa: RUF001 - a minus sign is one of the slips
        (" ÆØ-1765 ", "ÆØ-1765"),
        ("A\u030aE1", "ÅE1"),
        ("henvendelse-4.1", "henvendelse-4.1"),
        ("17", "17"),
        ("BHU-1716", "BHU-1716"),
    ],
)
def test_slips_in_item_numbers_are_put_right_and_said(gov, tmp_path, written, meant):
    content = f"nummer;type;titel;kilde\n{written};aendringsoenske;’Uden slutcitat;k\n"
    view = taken(gov, tmp_path, "items", content)
    assert record(gov)[meant].title == "’Uden slutcitat"
    said = [slip.en for slip in view.slips]
    expected = f"row 2, column `nummer`: `{written.strip()}` is read as `{meant}`"
    assert said == ([] if written.strip() == meant else [expected])


def test_without_a_file_of_slips_numbers_stay_as_written(gov, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("nummer;type;titel;kilde\nØÆ-1716;aendringsoenske;x;k\n1754;aendringsoenske;x;k\n")
    for folder in (None, tmp_path):
        import_table(replace(gov, folder=folder), path, "items")
    assert set(record(gov)) == {"ØÆ-1716", "1754"}


def test_danish_dates_are_read_and_said_and_dates_of_a_workbook_too(gov, tmp_path):
    path = tmp_path / "t.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as made:
        page, day = made.add_worksheet(), made.add_format({"num_format": "dd-mm-yyyy"})
        page.write_row(0, 0, ["nummer", "type", "titel", "hvornår", "kilde"])
        page.write_row(1, 0, [1765, "ændringsønske", "Et"])
        page.write_datetime(1, 3, date(2024, 9, 9), day)
        page.write_string(1, 4, "k")
        page.write_row(2, 0, ["ÆØ-2222", "ændringsønske", "To", "9. september 2024", "k"])
    view = import_table(replace(gov, folder=rules_folder()), path, "items")
    assert [record(gov)[id_].since.low for id_ in ("ÆØ-1765", "ÆØ-2222")] == [date(2024, 9, 9)] * 2
    assert view.notes[-1].en == ("rewritten in `on`: 1, the first from `9. september 2024` to `2024-09-09`")


def test_the_source_may_be_given_once_for_the_whole_file(gov, tmp_path):
    taken(gov, tmp_path, "items", "nummer;type;titel\nÆØ-1;aendringsoenske;Et\n", source="arkivet")
    assert everything(gov).events[0].source == "arkivet"
    (problem,) = refused(gov, tmp_path, "items", "nummer;type;titel\nÆØ-2;aendringsoenske;Et\n")
    assert problem.startswith("row 2: the source is missing")


def test_the_whole_group_is_taken_in(each_gov, tmp_path):
    whole_group(each_gov, tmp_path)
    things = record(each_gov)
    assert things["referencegruppen"].facts["places"].value == number(9)
    assert things["plads-1/Horsens/2024-01-01"].links == {"seat": "plads-1", "organisation": "Horsens"}
    assert things["plads-1/Horsens/2024-01-01"].since.low == date(2024, 1, 1)
    assert things["plads-2/Køge/2024-02"].facts["from"].value == Span(date(2024, 2, 1), date(2024, 2, 29))
    assert things["moede-1"].facts["date"].value == Span(date(2025, 3, 12), date(2025, 3, 12))
    assert things["moede-1/Horsens"].facts["status"].value == Choice(frozenset({"til-stede"}))
    assert things["moede-1/Køge"].since.low == date(2025, 3, 12)
    point = things["moede-1/3.1"]
    assert (point.kind, point.title, point.links) == (
        "agenda-point",
        "Screening",
        {"meeting": "moede-1", "about": "ÆØ-1765"},
    )
    assert things["moede-1/7"].links == {"meeting": "moede-1"}
    ballot = things["moede-1/ÆØ-1754/Horsens"]
    assert ballot.links == {"about": "ÆØ-1754", "organisation": "Horsens", "meeting": "moede-1"}
    assert ballot.facts["score"].value == number(16)
    assert things["moede-1/ÆØ-1754/Køge"].facts == {}
    assert rows_agree_with_events(each_gov)


def test_ballots_and_agenda_points_are_told_in_their_history_and_weigh_on_no_decision(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    before = item(gov, "ÆØ-1754").steps
    whole_group(gov, tmp_path)
    said = [line.what.da for line in history(gov, "moede-1/ÆØ-1754/Horsens")]
    assert said == ["Stemmeseddel oprettet", "Antallet af point: 16"]
    assert history(gov, "moede-1/3.1")[0].what.en == "Agenda point entered: Screening"
    from governance.store import load_family, reading
    from governance.vocabulary import GROUP_KINDS

    with reading(gov.engine) as connection:
        loaded = {event.entity for event in load_family(connection, "ÆØ-1754", GROUP_KINDS)}
    assert not any(id_.startswith(("moede-1/ÆØ", "moede-1/3", "moede-1/7")) for id_ in loaded)
    assert len(before) == len(item(gov, "ÆØ-1754").steps)


def test_a_step_is_named_by_its_label_and_takes_its_facts_from_columns(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    content = "sag;skridt;organ;dato;kilde;stemmer\n1754;prioriter-ikke;Referencegruppen;2024-11-01;k;16\n"
    taken(gov, tmp_path, "events", content)
    thing = record(gov)["ÆØ-1754"]
    assert thing.state == "ikke-prioriteret"
    assert thing.facts["stemmer"].value == number(16)
    assert (
        taken(gov, tmp_path, "events", EVENTS.replace("hoer", "Hør panel, styrelse eller leverandør")).new
        == 3
    )
    (problem,) = refused(gov, tmp_path, "events", content.replace("prioriter-ikke", "afklar"))
    assert "column `stemmer`" in problem or "stemmer" in problem


def test_the_same_step_twice_on_a_day_is_told_apart_by_a_number(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    head = "sag;skridt;organ;dato;nr;kilde\n"
    content = head + "1765;hoer;kombit;2025-03-01;;panelet\n1765;hoer;kombit;2025-03-01;2;styrelsen\n"
    assert taken(gov, tmp_path, "events", content).new == 2
    assert len(record(gov)["ÆØ-1765"].acts) == 2


def test_a_person_in_a_table_stands_in_the_record_as_a_reference(each_gov, tmp_path):
    taken(each_gov, tmp_path, "items", ITEMS)
    content = "sag;skridt;organ;dato;kilde;person\n1765;afklar;kombit;2025-03-01;k;Anna Eksempel\n"
    taken(each_gov, tmp_path, "events", content)
    (act,) = record(each_gov)["ÆØ-1765"].acts
    assert act.person.startswith("p-")


def test_an_imported_event_can_be_corrected_and_is_then_not_taken_in_again(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    taken(gov, tmp_path, "events", EVENTS)
    correct(gov, number_of(gov, "bestil"), reason="aldrig bestilt")
    assert taken(gov, tmp_path, "events", EVENTS).known == 3
    assert record(gov)["ÆØ-1754"].state == "indmeldt"


def test_a_live_step_after_an_import_rests_on_what_was_taken_in(gov, tmp_path):
    whole_group(gov, tmp_path)
    taken(gov, tmp_path, "events", EVENTS)
    assert advance(gov, "ÆØ-1765", "meld-klar", "kombit").allowed


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_read_in_either_language_once_its_example_has_made_room(gov, tmp_path, name):
    for template in ("bodies", "seats", "meetings", "items"):
        example = {**template_view(gov, template).example, "source": "k"}
        write_table(tmp_path / f"{template}.csv", list(example), [example])
        import_table(gov, tmp_path / f"{template}.csv", template)
    view = template_view(gov, name)
    assert isinstance(view, TemplateView)
    write_table(tmp_path / "more.csv", ["number", "kind", "title", "source"], [
        {"number": "ÆØ-1754", "kind": "aendringsoenske", "title": "x", "source": "k"}
    ])  # fmt: skip
    import_table(gov, tmp_path / "more.csv", "items")
    for place, language in enumerate(("da", "en")):
        for suffix in (".csv", ".xlsx", ".jsonl"):
            path = tmp_path / f"{language}{suffix}"
            write_template(view, path, language)
            with pytest.raises(RequestError) as error:
                import_table(gov, path, name)
            (problem,) = error.value.problems
            assert problem.da.endswith("rækken er skabelonens eksempel; slet den"), (place, suffix)
            path.unlink()
            write_template(replace(view, example={**view.example, "source": "k"}), path, language)
            found = import_table(gov, path, name)
            assert found.new + found.known == 1, (place, suffix)


def test_progress_is_told_to_the_end(gov, tmp_path):
    told = []
    taken(gov, tmp_path, "items", ITEMS, progress=lambda done, size: told.append((done, size)))
    assert told[-1][0] == told[-1][1] > 0


def test_what_two_rows_are_of_is_never_taken_for_one(gov, tmp_path):
    whole_group(gov, tmp_path)
    meetings = "møde;organ;dato;kilde\nm;referencegruppen;2025-03-01;r\nm/1;referencegruppen;2025-03-02;r\n"
    taken(gov, tmp_path, "meetings", meetings)
    content = "møde;punkt;titel;kilde\nm/1;2;x;r\nm;1/2;y;r\nm;1~12;z;r\n"
    assert taken(gov, tmp_path, "agenda", content).new == 3
    assert taken(gov, tmp_path, "agenda", content).known == 3
    points = {id_: thing.title for id_, thing in record(gov).items() if thing.title in ("x", "y", "z")}
    assert points == {"m~11/2": "x", "m/1~12": "y", "m/1~012": "z"}
    came = "møde;kommune;fremmøde;kilde\nm;Horsens;afbud;r\nm/1;Horsens;afbud;r\n"
    assert taken(gov, tmp_path, "attendance", came).new == 2
    ballots = "sag;kommune;møde;point;kilde\n1754;Horsens;m;1;r\n1754;Horsens;m/1;2;r\n"
    assert taken(gov, tmp_path, "ballots", ballots).new == 2


def test_a_row_whose_identity_is_too_long_for_a_key_is_known_again_by_its_digest(gov, tmp_path):
    whole_group(gov, tmp_path)
    content = "møde;punkt;titel;kilde;id\n" + "".join(f"moede-1;{'9' * 190}{n};x;r;p-{n}\n" for n in (1, 2))
    assert taken(gov, tmp_path, "agenda", content).new == 2
    assert taken(gov, tmp_path, "agenda", content).known == 2
