"""Passwords: what one may be, what is kept of it, and a check that costs the same whoever is asked about."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from governance.model import RequestError, Text
from governance.service.words import storable

LEAST, MOST = 12, 1_000
LEAST_DIFFERENT = 5
LEAST_LOGIN = 4
"""Shorter logins stand in many words by chance."""
PARTS = 4
"""Of how many characters one letter may be written, before they are composed."""

HASHER = PasswordHasher()
"""Argon2id with the library's parameters. Tests put a cheap one here."""


def clean_password(password: str, login: str) -> str:
    """A password as it is kept in mind: composed, with its spaces. RequestError with all that is wrong."""
    problems = []
    if not storable(password):
        problems.append(
            Text(
                "adgangskoden indeholder tegn, der ikke kan bruges; fjern styretegn",
                "the password holds characters that cannot be used; remove control characters",
            )
        )
    composed = _composed(password)
    if not LEAST <= len(composed) <= MOST:
        problems.append(
            Text(
                f"adgangskoden er på {len(composed)} tegn; skriv {LEAST} til {MOST}, gerne flere ord",
                f"the password has {len(composed)} characters; write {LEAST} to {MOST}, such as some words",
            )
        )
    elif len(set(composed.casefold())) < LEAST_DIFFERENT or _holds(composed, login):
        problems.append(
            Text(
                f"adgangskoden er let at gætte; skriv en uden dit login og med mindst {LEAST_DIFFERENT} "
                "forskellige tegn",
                f"the password is easy to guess; write one without your login and with {LEAST_DIFFERENT} "
                "different characters or more",
            )
        )
    if problems:
        raise RequestError(*problems)
    return composed


def _holds(password: str, login: str) -> bool:
    return len(login) >= LEAST_LOGIN and login.casefold() in password.casefold()


def hashed(password: str) -> str:
    """What is kept of a password that was found good."""
    return HASHER.hash(password)


def fits(password: str, known: str) -> bool:
    """Whether a password is the one of a hash; without one, a hash is made up: no costs as much as yes."""
    composed = _composed(password[: MOST * PARTS])
    usable = bool(known) and len(composed) <= MOST
    try:
        HASHER.verify(known or _made_up(HASHER), composed[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return usable


def is_outdated(known: str) -> bool:
    """Whether a hash was made with other parameters than those of today."""
    return HASHER.check_needs_rehash(known)


@cache
def _made_up(hasher: PasswordHasher) -> str:
    return hasher.hash("a password that nobody has")


def _composed(password: str) -> str:
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode("utf-8")
