"""How often somebody may try: logins by address and by login, the API by access token."""

from __future__ import annotations

from hashlib import sha256
from unicodedata import normalize

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import TooManyRequests

from governance.service import Caller
from web.settings import Settings

LIMITER = "governance.limiter"
TRIES = "login"
REQUESTS = "api"


def hit(rate: str, what: str, who: str) -> None:
    """Count one try of somebody; TooManyRequests, with how long to wait, when there were enough.

    What is counted is kept as a hash: it may be somebody's login, or a secret typed in the wrong place.
    """
    limit = parse(rate)
    key = sha256(who.encode("utf-8", "replace")).hexdigest()
    if not current_app.extensions[LIMITER].limiter.hit(limit, what, key):
        raise TooManyRequests(retry_after=limit.get_expiry())


def hit_login(login: str) -> None:
    """Count a try to log in, for the address and for the login, however its letters were typed."""
    rate = current_app.extensions["governance.settings"].login_rate
    hit(rate, TRIES, f"address {get_remote_address()}")
    hit(rate, TRIES, f"login {normalize('NFC', login.strip()).casefold()[:200]}")


def hit_api(caller: Caller | None) -> None:
    """Count a request to the API: for the access token that it came with, else for the caller's account.

    For nobody known it is the address that counts, or a made-up token each time would never be refused.
    """
    if caller is None:
        who = f"address {get_remote_address()}"
    elif caller.scopes is not None:
        who = f"token {request.headers.get('Authorization', '')}"
    else:
        who = f"account {caller.account}"
    hit(current_app.extensions["governance.settings"].api_rate, REQUESTS, who)


def register(app: Flask, settings: Settings) -> None:
    """Keep count for these pages: per process in memory, or for all of them in the store of the settings."""
    app.extensions[LIMITER] = Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.rate_store,
        strategy="moving-window",
        headers_enabled=False,
    )
