"""What goes over the wire: static files to keep for long, typefaces that are there, small pages."""

import gzip
import re

import pytest

from web import wire

SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
ADDRESS = re.compile(r"url\(([^)]*)\)")
BROWSER = {"Accept-Encoding": "gzip, br", "Sec-Fetch-Site": "same-origin"}
fetched = pytest.mark.skipif(
    wire.sheet() == wire.PLAIN, reason="the design system is not fetched here: python web/look/fetch.py"
)


@pytest.fixture
def sheets(client):
    return SHEET.findall(client.get("/help").text)


def test_a_static_file_may_be_kept_for_a_year_under_the_address_of_its_edition(client, sheets):
    for address in sheets:
        assert f"/static/{wire.edition()}/" in address
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


def test_under_the_address_of_an_older_edition_a_file_is_asked_for_anew(client):
    answer = client.get("/static/000000000000/governance.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["../app.py", "../../pyproject.toml", "nix.css", "dkfds", "%2e%2e/app.py"])
def test_nothing_but_a_static_file_is_served_as_one(client, name):
    assert client.get(f"/static/{wire.edition()}/{name}").status_code == 404


def test_every_file_that_a_style_sheet_asks_for_is_there(client, sheets):
    for sheet in sheets:
        for named in set(ADDRESS.findall(client.get(sheet).text)):
            if named.startswith(("data:", "#")):
                continue
            folder = sheet.rpartition("/")[0].split("/")
            for part in named.split("/"):
                folder = folder[:-1] if part == ".." else [*folder, part]
            answer = client.get("/".join(folder))
            assert answer.status_code == 200, named
            wanted = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png"}
            assert answer.mimetype == wanted[named.rpartition(".")[2]]


@fetched
def test_the_design_system_is_what_the_pages_ask_for_with_its_typeface_in_parts(client, sheets):
    sheet = client.get(sheets[0]).text
    assert sheets[0].endswith("dkfds/css/dkfds.css")
    assert sheet.count("IBMPlexSans-Regular-Latin1.woff2") == 1
    assert "@layer dkfds{" in sheet
    assert "complete/" not in sheet


def test_a_page_and_a_sheet_are_sent_small_to_a_browser(client, sheets):
    for address in ("/rules", *sheets):
        plain, small = client.get(address), client.get(address, headers=BROWSER)
        assert small.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in small.headers["Vary"]
        assert len(small.data) < len(plain.data) / 2
        if address != "/rules":
            assert gzip.decompress(small.data) == plain.data


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_a_page_that_another_site_leads_to_is_not_compressed_since_its_length_would_tell(client, site):
    headers = {"Accept-Encoding": "gzip"} | ({"Sec-Fetch-Site": site} if site else {})
    answer = client.get("/rules", headers=headers)
    assert "Content-Encoding" not in answer.headers
    assert "Sec-Fetch-Site" in answer.headers["Vary"]


def test_whoever_asks_for_nothing_compressed_gets_it_plain(client):
    answer = client.get("/rules", headers={"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


def test_where_the_design_system_could_not_be_fetched_the_pages_have_a_plain_look(client, app, monkeypatch):
    monkeypatch.setattr(wire, "DESIGN_SYSTEM", "dkfds/css/not-fetched.css")
    assert wire.sheet() == "plain.css"
    monkeypatch.setitem(app.jinja_env.globals, "sheet", wire.sheet())
    sheets = SHEET.findall(client.get("/help").text)
    assert [each.rpartition("/")[2] for each in sheets] == ["plain.css", "governance.css", "media.css"]
    assert [client.get(each).status_code for each in sheets] == [200, 200, 200]
