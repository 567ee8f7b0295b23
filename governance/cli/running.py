"""Make a database, and serve the pages on this machine only."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from importlib import import_module
from typing import Any

import click

from governance import service
from governance.cli.asking import database_option, option, rules_option, spoken_options, whole_number
from governance.cli.bilingual import Command
from governance.cli.speaking import DONE, Out
from governance.model import RequestError, Text

HOST = "127.0.0.1"
PORT = 8000
PORTS_TRIED = 20
THREADS = 8
PORT_HELP = {
    "da": f"Porten (ellers {PORT} eller den næste ledige).",
    "en": f"The port (else {PORT} or the next free one).",
}


@click.command(
    "demo",
    cls=Command,
    said=Text(
        "Åbn demoen: DUBUs egen runde fra september 2025, i en fil for sig, og vis siderne.",
        "Open the demo: DUBU's own round of September 2025, in a file of its own, and serve the pages.",
    ),
)
@option("--no-serve", is_flag=True, da="Lav kun databasen.", en="Only make the database.")
@option("--port", **PORT_HELP)
@database_option
@rules_option
@spoken_options
def demo(out: Out, no_serve: bool, port: str | None, database: str | None, rules: Any) -> int:  # noqa: FBT001 - click names it
    """The demo round."""
    url = service.database_url(database) if database else service.demo_url()
    entered = _prepare(url, rules, demo=True)
    if out.as_json and no_serve:
        out.json({"database": shown(url), "entered": entered})
        return DONE
    said = (
        Text(f"{entered} begivenheder indført", f"{entered} events entered")
        if entered
        else Text("allerede indført", "entered already")
    )
    out.line(Text(f"Demoen ligger i {shown(url)} ({said.da}).", f"The demo is in {shown(url)} ({said.en})."))
    return DONE if no_serve else _serve(out, url, rules, port)


@click.command(
    "init",
    cls=Command,
    said=Text("Lav databasen, hvis den ikke er der.", "Make the database if it is not there."),
)
@option("--demo", is_flag=True, da="Indfør demorunden.", en="Enter the demo round.")
@database_option
@rules_option
@spoken_options
def init(out: Out, demo: bool, database: str | None, rules: Any) -> int:  # noqa: FBT001 - click names it
    """The database."""
    url = service.database_url(database)
    entered = _prepare(url, rules, demo=demo)
    if out.as_json:
        out.json({"database": shown(url), "entered": entered})
    else:
        out.line(Text(f"Databasen er klar: {shown(url)}", f"The database is ready: {shown(url)}"))
    return DONE


@click.command(
    "serve",
    cls=Command,
    said=Text(
        "Vis siderne på denne maskine, og kun den.", "Serve the pages on this machine, and only there."
    ),
)
@option("--port", **PORT_HELP)
@database_option
@rules_option
@spoken_options
def serve(out: Out, port: str | None, database: str | None, rules: Any) -> int:
    """The pages."""
    url = service.database_url(database)
    _prepare(url, rules, demo=False)
    return _serve(out, url, rules, port)


def _prepare(url: str, rules: Any, *, demo: bool) -> int:
    gov = service.open_governance(url, rules)
    try:
        return service.load_demo(gov) if demo else 0
    finally:
        gov.engine.dispose()


def shown(url: str) -> str:
    """A database's address without its password; a file by its path."""
    if url.startswith("sqlite:///"):
        return url.removeprefix("sqlite:///")
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _serve(out: Out, url: str, rules: Any, port: str | None) -> int:
    os.environ["GOVERNANCE_DATABASE_URL"] = url
    if rules is not None:
        os.environ["GOVERNANCE_RULES"] = str(rules)
    os.environ.setdefault("GOVERNANCE_SECRET_KEY", secrets.token_hex(32))
    number = free_port(port)

    def announce() -> None:
        address = f"http://{HOST}:{number}/"
        if out.as_json:
            out.json({"database": shown(url), "address": address})
        else:
            out.line(Text(f"Åbn {address} (stop med Ctrl+C)", f"Open {address} (stop with Ctrl+C)"))
        sys.stdout.flush()

    run_server(number, announce)
    return DONE


def free_port(asked: str | None) -> int:
    """The port asked for, or the first free one; RequestError when there is none."""
    tried = range(PORT, PORT + PORTS_TRIED)
    if asked is not None:
        number = whole_number(asked, Text("en port", "a port"))
        tried = range(number, number + 1)
    for number in tried:
        if 0 < number < 2**16 and _is_free(number):
            return number
    raise RequestError(
        Text(
            f"port {tried[0]} er optaget eller kan ikke bruges; vælg en anden med --port",
            f"port {tried[0]} is taken or cannot be used; choose another with --port",
        )
    )


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def run_server(port: int, announce: Any) -> None:
    """Serve until stopped: gunicorn where it runs, Flask's own server elsewhere."""
    if os.name != "posix":
        app = import_module("web").create_app()
        announce()
        app.run(host=HOST, port=port, threaded=True)
        return
    base = import_module("gunicorn.app.base")

    class Server(base.BaseApplication):  # type: ignore[name-defined,misc]  # imported when needed: it is not for Windows
        """One process, several threads: no work is lost at a stop, and SQLite has one writer anyway."""

        def load_config(self) -> None:
            """The settings."""
            settings = {
                "bind": f"{HOST}:{port}",
                "workers": 1,
                "threads": THREADS,
                "worker_class": "gthread",
                "loglevel": "warning",
                "when_ready": lambda _server: announce(),
                "proc_name": "governance",
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            """The pages."""
            return import_module("web").create_app()

    Server().run()
