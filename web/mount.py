"""The pages inside another Flask application, under a prefix, without touching any page of its own.

They are mounted as a WSGI application of their own before the host's, not as blueprints in it: what guards
our requests (the gate, CSRF, headers, hosts, languages, pages for faults) is said of a whole application,
and a host's own routes must not meet it. So the host's configuration, error pages, cookies and url map stay
as they are, and none of its `before_request` functions runs for our pages; it says who asks by ``caller_of``.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, request

from governance import service
from governance.service import Caller, FactSource, Listener, open_governance
from web.access import API
from web.app import create_app
from web.login import caller_of_request
from web.settings import read_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

PREFIX = re.compile(r"(/[a-z0-9._~-]+)+", re.ASCII | re.IGNORECASE)
HOST = "governance.host"
"""Under what a request of ours keeps that of the host."""
SETTING = "GOVERNANCE_"

CallerOf = Callable[[Request], Caller | None]
"""Who sent a request of the host's, by the host's own session or headers; None for nobody it knows."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A host's way in, with the pages before it: what begins with the prefix is theirs."""

    prefix: str
    pages: Flask
    host: WSGIApplication

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or let the host do it."""
        path = environ.get("PATH_INFO", "")
        if path != self.prefix and not path.startswith(f"{self.prefix}/"):
            return self.host(environ, start_response)
        ours = {
            **environ,
            "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + self.prefix,
            "PATH_INFO": path.removeprefix(self.prefix),
            HOST: {**environ, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"},
        }
        return self.pages(ours, start_response)


class Governance:
    """The Flask extension: ``Governance(app)``, or ``Governance()`` and later ``init_app(app)``.

    The pages and the API then stand under a prefix of the host's addresses. ``app.extensions["governance"]``
    is the `Mount`. The settings are the environment's and the host's own ``app.config["GOVERNANCE_…"]``, and
    the host's go first; the host answers for the names it is called by (``TRUSTED_HOSTS``) and for HTTPS
    (``SESSION_COOKIE_SECURE``). Wrap ``app.wsgi_app`` in `ProxyFix` after this, so that both see the client.
    """

    def __init__(self, app: Flask | None = None, **how: Any) -> None:
        if app is not None:
            self.init_app(app, **how)

    def init_app(
        self,
        app: Flask,
        *,
        url_prefix: str = "/governance",
        caller_of: CallerOf | None = None,
        login: str = "",
        governance: service.Governance | None = None,
        listeners: Sequence[Listener] = (),
        facts: Sequence[FactSource] = (),
    ) -> None:
        """Mount the pages in a host.

        ``caller_of`` says who asks, given the host's request in its own context (its session and, for one,
        ``flask_login.current_user`` work; the body is not there); without it the pages have their own login.
        ``login`` is the address of the host where whoever it does not know is sent; ``{next}`` in it stands
        for the address they asked for, as part of a query. Without it they are told to log in.
        ``governance`` is what they stand over, by default what the settings name. ``listeners`` are told of
        what is stored, and ``facts`` are what the host knows; see `governance.service.plugins`.

        ValueError for a prefix or a host that cannot be used; SettingError, RuleError and RequestError as
        when the pages are opened alone.
        """
        if not PREFIX.fullmatch(url_prefix):
            raise ValueError(f"`{url_prefix}` cannot be a prefix; write one like /governance")
        if not app.secret_key:
            raise ValueError("the host has no secret key; set app.secret_key first")
        own = {name: str(value) for name, value in app.config.items() if name.startswith(SETTING)}
        settings = replace(
            read_settings({**os.environ, **own}),
            hosts=tuple(app.config.get("TRUSTED_HOSTS") or ()),
            https=bool(app.config["SESSION_COOKIE_SECURE"]),
        )
        opened = governance or open_governance(own.get(f"{SETTING}DATABASE_URL"), _rules(own))
        opened = replace(opened, listeners=(*opened.listeners, *listeners), facts=(*opened.facts, *facts))
        pages = create_app(
            opened,
            secret_key=key_for_pages(app.secret_key),
            caller_of=caller_in(app, caller_of) if caller_of is not None else None,
            settings=settings,
            login=login,
        )
        mount = Mount(url_prefix, pages, app.wsgi_app)
        app.extensions["governance"] = mount
        app.wsgi_app = mount  # type: ignore[method-assign]  # as Flask says to


def key_for_pages(host: str | bytes) -> str:
    """A key of our own made of the host's, so that a cookie of one says nothing to the other."""
    return hmac.new(host.encode() if isinstance(host, str) else host, b"governance", sha256).hexdigest()


def caller_in(app: Flask, caller_of: CallerOf) -> Callable[[], Caller | None]:
    """Who sent this request of ours, asked of the host about its own.

    To the API a cookie says nothing: a browser sends it of itself, from any site, and the API asks for no
    token of a form. There the host knows a program by its headers, or else it brings an access token of ours.
    """

    def caller() -> Caller | None:
        environ = request.environ[HOST]
        if request.blueprint == API:
            environ = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"}
        with app.request_context(environ) as context:
            known = caller_of(context.request)
        return caller_of_request() if known is None and request.blueprint == API else known

    return caller


def _rules(own: Mapping[str, str]) -> Path | None:
    folder = own.get(f"{SETTING}RULES")
    return Path(folder) if folder else None
