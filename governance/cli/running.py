"""Make a database, and serve the pages."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from ipaddress import ip_address
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
WORKERS = Text("et antal processer", "a number of processes")
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
@option(
    "--database",
    metavar="ADDRESS",
    da="Databasen: fil eller adresse (ellers demoens egen fil blandt dine data).",
    en="The database: a file or an address (else the demo's own file among your data).",
)
@rules_option
@spoken_options
def demo(out: Out, no_serve: bool, port: str | None, database: str | None, rules: Any) -> int:  # noqa: FBT001 - click names it
    """The demo round."""
    url = service.database_url(database) if database else service.demo_url()
    entered = _prepare(url, rules, demo=True)
    logins = _demo_logins(url, rules)
    if out.as_json and no_serve:
        out.json({"database": shown(url), "entered": entered, "logins": logins})
        return DONE
    said = (
        Text(f"{entered} begivenheder indført", f"{entered} events entered")
        if entered
        else Text("allerede indført", "entered already")
    )
    out.line(Text(f"Demoen ligger i {shown(url)} ({said.da}).", f"The demo is in {shown(url)} ({said.en})."))
    if logins:
        names, password = ", ".join(logins), service.DEMO_PASSWORD
        out.line(
            Text(
                f"Log ind som {names}. Adgangskoden er den samme for alle:",
                f"Log in as {names}. The password of all is the same:",
            )
        )
        out.line(password, indent=2)
    else:
        out.line(
            Text(
                "Den er fra før konti fandtes, så ingen kan logge ind; slet filen, eller vælg en anden "
                "--database",
                "It is from before there were accounts, so nobody can log in; delete the file, or choose "
                "another --database",
            )
        )
    if no_serve:
        return DONE
    os.environ.setdefault("GOVERNANCE_LOG_LEVEL", "WARNING")
    return _serve(out, url, rules, Place(HOST, port))


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
        "Vis siderne: på denne maskine, eller for andre under de navne, GOVERNANCE_HOSTS nævner.",
        "Serve the pages: on this machine, or to others under the names that GOVERNANCE_HOSTS says.",
    ),
)
@option("--host", da=f"Adressen at lytte på (ellers {HOST}).", en=f"The address to listen at (else {HOST}).")
@option("--port", **PORT_HELP)
@option(
    "--workers",
    da="Hvor mange processer (ellers 1); flere deler GOVERNANCE_SECRET_KEY.",
    en="How many processes (else 1); several share GOVERNANCE_SECRET_KEY.",
)
@database_option
@rules_option
@spoken_options
def serve(
    out: Out, host: str | None, port: str | None, workers: str | None, database: str | None, rules: Any
) -> int:
    """The pages."""
    place = Place(host or HOST, port, whole_number(workers or "1", WORKERS))
    refuse_unsafe(place, os.environ)
    url = service.database_url(database)
    _prepare(url, rules, demo=False)
    return _serve(out, url, rules, place)


def _demo_logins(url: str, rules: Any) -> tuple[str, ...]:
    """The logins of the demo's accounts, made if need be; none in a register that is more than the demo."""
    gov = service.open_governance(url, rules)
    try:
        made = service.demo_accounts(gov) if service.is_demo(gov) else ()
        return tuple(each.login for each in made if each.name.endswith("(demo)"))
    finally:
        gov.engine.dispose()


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where to serve, and by how many processes; ``port`` None is the first free one."""

    host: str
    port: str | None = None
    workers: int = 1


def refuse_unsafe(place: Place, environ: Mapping[str, str]) -> None:
    """RequestError with everything that would go wrong with serving there."""
    problems = []
    if place.workers < 1 or (place.workers > 1 and os.name != "posix"):
        problems.append(
            Text(
                f"{place.workers} processer går ikke; skriv 1 med --workers",
                f"{place.workers} processes cannot be; write 1 with --workers",
            )
        )
    if place.workers > 1 and not environ.get("GOVERNANCE_SECRET_KEY", "").strip():
        problems.append(
            Text(
                "flere processer må have én nøgle til fælles; sæt GOVERNANCE_SECRET_KEY",
                "several processes must share one key; set GOVERNANCE_SECRET_KEY",
            )
        )
    if not _is_loopback(place.host) and not environ.get("GOVERNANCE_HOSTS", "").strip():
        problems.append(
            Text(
                f"siderne svarer kun under navne, der er nævnt; sæt GOVERNANCE_HOSTS til dem, andre "
                f"bruger om {place.host}",
                f"the pages answer only to names that are said; set GOVERNANCE_HOSTS to those that others "
                f"use for {place.host}",
            )
        )
    if problems:
        raise RequestError(*problems)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _serve(out: Out, url: str, rules: Any, place: Place) -> int:
    os.environ["GOVERNANCE_DATABASE_URL"] = url
    if rules is not None:
        os.environ["GOVERNANCE_RULES"] = str(rules)
    os.environ.setdefault("GOVERNANCE_SECRET_KEY", secrets.token_hex(32))
    number = free_port(place.host, place.port)
    at = f"[{place.host}]:{number}" if ":" in place.host else f"{place.host}:{number}"

    def announce() -> None:
        address = f"http://{at}/"
        if out.as_json:
            out.json({"database": shown(url), "address": address})
        else:
            out.line(Text(f"Åbn {address} (stop med Ctrl+C)", f"Open {address} (stop with Ctrl+C)"))
        sys.stdout.flush()

    run_server(at, place.workers, announce)
    return DONE


def free_port(host: str, asked: str | None) -> int:
    """The port of an address asked for, or its first free one; RequestError when there is none."""
    tried = range(PORT, PORT + PORTS_TRIED)
    if asked is not None:
        number = whole_number(asked, Text("en port", "a port"))
        tried = range(number, number + 1)
    for number in tried:
        if 0 < number < 2**16 and _is_free(host, number):
            return number
    raise RequestError(
        Text(
            f"port {tried[0]} er optaget eller kan ikke bruges; vælg en anden med --port",
            f"port {tried[0]} is taken or cannot be used; choose another with --port",
        )
    )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_server(address: str, workers: int, announce: Callable[[], None]) -> None:
    """Serve until stopped: gunicorn where it runs, Flask's own server elsewhere."""
    if os.name == "posix":
        import_module("web.serving").run(address, workers, announce)
        return
    host, _, port = address.rpartition(":")
    app = import_module("web").create_app()
    announce()
    app.run(host=host.strip("[]"), port=int(port), threaded=True)
