"""Papers are written to files by the command line, and never over a file that is there."""


def test_a_paper_is_written_under_its_own_name_and_never_over_another(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = demo("papers", "meeting", "moede-2025-09-09", "agenda-docx")
    assert (done.code, "dagsorden-moede-2025-09-09.docx" in done.out) == (0, True)
    assert (tmp_path / "dagsorden-moede-2025-09-09.docx").read_bytes().startswith(b"PK")
    again = demo("papers", "meeting", "moede-2025-09-09", "agenda-docx")
    assert again.code == 2
    assert "findes allerede" in again.err
    english = demo("papers", "meeting", "moede-2025-09-09", "minutes-docx", "--language", "en", "--json")
    assert '"minutes-moede-2025-09-09.docx"' in english.out


def test_the_call_is_told_where_no_file_is_named(demo):
    told = demo("papers", "call", "--on", "2025-09-10", "--answer-to", "sekretariatet")
    assert told.code == 0
    assert "3 pladser" in told.out


def test_the_orders_go_where_they_are_told_and_a_place_that_cannot_be_written_is_named(demo, tmp_path):
    assert demo("papers", "orders", "--out", str(tmp_path / "b.xlsx")).code == 0
    assert (tmp_path / "b.xlsx").read_bytes().startswith(b"PK")
    refused = demo("papers", "orders", "--out", str(tmp_path / "nowhere" / "b.xlsx"))
    assert refused.code == 2
    assert "kan ikke skrives" in refused.err
