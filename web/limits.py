"""How often somebody may try: logins by address and login, the API by access token."""

from __future__ import annotations

from hashlib import sha256

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import TooManyRequests

from governance.service import Caller, folded_login
from web.settings import Settings

LIMITER = "governance.limiter"
TRIES = "login"
REQUESTS = "api"
TOGETHER = 10
"""How many times as often an address may try for all logins, and a login be tried from all addresses."""
MOST_COUNTED = 200


def hit(rate: str, what: str, who: str, *, times: int = 1) -> None:
    """Count one try of somebody; TooManyRequests, with how long to wait, when there were enough.

    ``times`` as many are enough as the rate says. What is counted is kept as a hash: it may be somebody's
    login, or a secret typed in the wrong place.
    """
    limit = parse(rate)
    limit = type(limit)(limit.amount * times, limit.multiples)
    key = sha256(who.encode("utf-8", "replace")).hexdigest()
    if not current_app.extensions[LIMITER].limiter.hit(limit, what, key):
        raise TooManyRequests(retry_after=limit.get_expiry())


def hit_login(login: str) -> None:
    """Count a try to log in: from the address for the login, and for either by itself, which takes more.

    So a stranger elsewhere keeps nobody out, and many addresses or logins together still guess slowly.
    """
    name = folded_login(login)[:MOST_COUNTED]
    rate = current_app.extensions["governance.settings"].login_rate
    hit(rate, TRIES, f"address {get_remote_address()} login {name}")
    hit_address()
    hit(rate, TRIES, f"login {name}", times=TOGETHER)


def hit_address() -> None:
    """Count a try to log in from the address, whoever it is for."""
    rate = current_app.extensions["governance.settings"].login_rate
    hit(rate, TRIES, f"address {get_remote_address()}", times=TOGETHER)


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
