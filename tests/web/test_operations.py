"""What operates the pages rests on: checks, logs without anything personal, headers, proxies, hosts."""

import io
import json
import logging
import logging.config
import re
import sys

import pytest

from governance import service
from governance.service import Readiness, accesses, readiness
from tests.callers import SECRETARIAT
from web import create_app, draining, logs
from web.settings import SettingError, Settings, read_settings

HEADERS = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Request-ID",
]


@pytest.fixture
def lines(caplog):
    """The lines written to the log, as what they say."""
    caplog.set_level(logging.INFO, logs.NAME)
    return lambda: [json.loads(each.message) for each in caplog.records if each.name == logs.NAME]


def set_up(governance, **settings):
    return create_app(governance, caller_of=lambda: SECRETARIAT, settings=Settings(**settings)).test_client()


# ---------------------------------------------------------------------------------------- checks


def test_a_process_that_lives_and_may_serve_says_so_to_everybody(governance):
    client = create_app(governance, caller_of=lambda: None).test_client()
    assert client.get("/healthz").text == "ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"serving": True, "database": True, "tables": True, "rules": True},
    )


@pytest.mark.parametrize(
    "broken", [Readiness(False, False, False), Readiness(True, False, True), Readiness(True, True, False)]
)
def test_whoever_asks_is_told_which_check_failed_and_no_more(client, monkeypatch, broken):
    monkeypatch.setattr("web.health.readiness", lambda _: broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert set(answer.json.values()) <= {True, False}
    assert client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_not_ready(governance, tmp_path):
    governance.engine.dispose()
    (tmp_path / "copy.sqlite").unlink()
    (tmp_path / "copy.sqlite").mkdir()
    assert readiness(governance) == Readiness(database=False, tables=False, rules=False)


def test_tables_of_another_version_are_not_ready(governance):
    with governance.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert readiness(governance) == Readiness(database=True, tables=False, rules=True)


def test_a_day_without_rules_is_not_ready(governance):
    with_none = service.Governance(governance.engine, type(governance.rulebooks)(()), governance.now)
    assert readiness(with_none).rules is False


def test_checks_stand_neither_in_the_access_log_nor_in_the_servers(client, governance, lines):
    for path in ("/healthz", "/readyz"):
        client.get(path)
    assert accesses(governance) == ()
    assert lines() == []


def test_a_check_that_failed_is_written(client, monkeypatch, lines):
    monkeypatch.setattr("web.health.readiness", lambda _: Readiness(True, False, True))
    client.get("/readyz")
    assert [(line["route"], line["status"]) for line in lines()] == [("/readyz", 503)]


def test_a_request_that_came_too_late_is_refused_in_words_and_with_when_to_come_again(client):
    late = draining.LATE.set(True)
    answer = client.get("/")
    draining.LATE.reset(late)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Siderne er ved at blive startet på ny" in answer.text


# ------------------------------------------------------------------------------------------ logs


def test_a_request_is_one_line_with_its_route_and_no_address(client, lines):
    client.get("/items/ÆØ-1754?on=2025-10-01&q=Qwertine")
    (line,) = lines()
    assert line.pop("milliseconds") > 0
    assert re.fullmatch(r"[0-9a-f]{32}", line.pop("request_id"))
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "governance.requests",
        "method": "GET",
        "route": "/items/<path:id_>",
        "status": 200,
    }


def test_an_address_that_leads_nowhere_has_no_route(client, lines):
    client.get("/Qwertine/Zappelstrup")
    assert [(line["route"], line["status"]) for line in lines()] == [("-", 404)]


def test_a_request_keeps_the_id_it_came_with_and_its_sender_hears_it(client, lines):
    answer = client.get("/help", headers={"X-Request-ID": "abc-123.DEF_4"})
    assert answer.headers["X-Request-ID"] == "abc-123.DEF_4"
    assert [line["request_id"] for line in lines()] == ["abc-123.DEF_4"]


@pytest.mark.parametrize(
    "forged", ["short", "x" * 65, 'a", "status": 200', "abcdefgh\u2028", "æøåæøåæøå", "a b c d e f"]
)
def test_an_id_that_is_no_id_is_not_taken(client, lines, forged):
    answer = client.get("/help", headers={"X-Request-ID": forged})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert len(lines()) == 1


@pytest.mark.parametrize("path", ["/items/a%0A{%22event%22:1}", "/%0d%0aSet-Cookie:a=b", "/?q=%0aforged"])
def test_no_request_writes_a_line_of_its_own(client, caplog, path):
    caplog.set_level(logging.INFO, logs.NAME)
    client.open(path, method="FORGE\nD")
    ours = [each.getMessage() for each in caplog.records if each.name == logs.NAME]
    assert len(ours) == 1
    assert "\n" not in ours[0]
    assert "forged" not in ours[0].casefold()
    assert json.loads(ours[0])["method"] == "-"


def test_a_fault_is_written_with_where_it_came_from_and_none_of_its_values(app, monkeypatch, lines):
    def broken(*_args, **_named):
        name = "Qwertine Zappelstrup"
        raise ValueError(name)

    monkeypatch.setattr("web.group.service.report", broken)
    assert app.test_client().get("/report").status_code == 500
    fault, request = lines()
    assert fault["request_id"] == request["request_id"]
    (one,) = fault["faults"]
    assert one["kind"] == "ValueError"
    assert one["at"][-1].endswith(" broken")
    assert "Qwertine" not in json.dumps(fault)


def test_what_others_write_is_a_line_of_json_too_without_values_or_addresses(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    root, level = logging.getLogger(), logging.getLogger().level
    kept = root.handlers[:]
    formatter = logging.config.DictConfigurator(dict(logs.configuration("INFO"))).configure_formatter(
        logs.configuration("INFO")["formatters"]["theirs"]
    )
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    log = logging.getLogger("gunicorn.error.test")
    log.addHandler(handler)
    log.propagate = False
    try:
        _ = 1 // int("0")
    except ZeroDivisionError:
        log.exception("a listener failed\nforged")
    log.warning("Invalid request from ip=%s: %s", "192.0.2.7", "Invalid HTTP method: 'X'")
    log.removeHandler(handler)
    assert (root.handlers, root.level) == (kept, level)
    first, second = map(json.loads, written.getvalue().splitlines())
    assert [each["kind"] for each in first["faults"]] == ["ZeroDivisionError"]
    assert second["event"] == "invalid request"
    assert "192.0.2.7" not in written.getvalue()


# --------------------------------------------------------------------------- headers and settings


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/x/governance.css", "/healthz", "/items/x"])
def test_every_answer_has_every_header(client, path):
    answer = client.get(path)
    assert [name for name in HEADERS if name not in answer.headers] == []
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_an_answer_to_a_fault_and_to_a_foreign_name_has_them_too(app, monkeypatch):
    monkeypatch.setattr("web.group.service.report", lambda *_args, **_named: 1 // 0)
    client = app.test_client()
    for answer in (client.get("/report"), client.get("/", headers={"Host": "evil.example"})):
        assert answer.status_code in (500, 400)
        assert [name for name in HEADERS if name not in answer.headers] == []


def test_browsers_are_held_to_https_and_cookies_to_it_only_where_it_is(governance):
    behind, plain = set_up(governance, https=True), set_up(governance)
    answer = behind.get("/?lang=en")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.get("/").headers
    assert "Secure" not in plain.get("/?lang=en").headers["Set-Cookie"]


def test_the_pages_answer_to_the_names_they_are_given_and_no_other(governance):
    client = set_up(governance, hosts=("governance.example",))
    assert client.get("/help", headers={"Host": "governance.example"}).status_code == 200
    refused = client.get("/help", headers={"Host": "localhost"})
    assert refused.status_code == 400
    assert "Only the names in GOVERNANCE_HOSTS are answered" in refused.text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "192.0.2.7"), (2, "198.51.100.9")])
def test_what_a_proxy_says_counts_for_as_many_as_are_trusted(governance, proxies, seen):
    app = create_app(governance, caller_of=lambda: SECRETARIAT, settings=Settings(proxies=proxies))
    found = []
    app.before_request(lambda: found.append(logs.request.remote_addr))
    app.test_client().get("/help", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.9, 192.0.2.7"})
    assert found == [seen]


def test_a_proxy_cannot_say_where_the_pages_stand_or_what_they_are_called(governance):
    client = set_up(governance, proxies=1)
    forged = {"X-Forwarded-Prefix": "//evil.example", "X-Forwarded-Host": "evil.example"}
    assert "evil" not in client.get("/help", headers=forged).text


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"GOVERNANCE_PROXIES": "-1"}, "GOVERNANCE_PROXIES is `-1`; write a whole number of 0 or more"),
        ({"GOVERNANCE_HTTPS": "yes"}, "GOVERNANCE_HTTPS is `yes`; write on or off"),
        (
            {"GOVERNANCE_SESSION_IDLE": "0"},
            "GOVERNANCE_SESSION_IDLE is `0`; write a whole number of 1 or more",
        ),
        ({"GOVERNANCE_LOG_LEVEL": "loud"}, "GOVERNANCE_LOG_LEVEL is `loud`"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_would_be_right(environ, said):
    with pytest.raises(SettingError, match=re.escape(said)):
        read_settings(environ)


def test_all_settings_that_cannot_be_used_are_named_at_once():
    with pytest.raises(SettingError, match=r"GOVERNANCE_PROXIES.*GOVERNANCE_HTTPS"):
        read_settings({"GOVERNANCE_PROXIES": "x", "GOVERNANCE_HTTPS": "x"})


def test_a_blank_setting_is_not_set():
    assert read_settings({"GOVERNANCE_HOSTS": "  "}) == Settings()
