"""Every setting of the pages: its name in the environment, what it means, and what holds without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SettingError(Exception):
    """Settings that cannot be used; the message names each and says what would be right."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("999999")):
        raise ValueError("write a whole number of 0 or more")
    return int(text)


def _some(text: str) -> int:
    if not (number := _number(text)):
        raise ValueError("write a whole number of 1 or more")
    return number


def _switch(text: str) -> bool:
    if text.casefold() not in ("on", "off"):
        raise ValueError("write on or off")
    return text.casefold() == "on"


def _file(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_file():
        raise ValueError("name a file that is there")
    return path


def _level(text: str) -> str:
    if text.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("write DEBUG, INFO, WARNING or ERROR")
    return text.upper()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the pages are set up with; `SETTINGS` says what each means."""

    secret_key: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    proxies: int = 0
    https: bool = False
    session_idle: int = 60
    session_length: int = 12
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = "OpenID Connect"
    rate_store: str = "memory://"
    login_rate: str = "10 per minute"
    api_rate: str = "600 per minute"
    document: Path | None = None
    contact: str = ""
    log_level: str = "INFO"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as documentation has it: its field, what it means, its default, and how it is read.

    Its name in the environment is that of the field in capitals, after ``GOVERNANCE_``.
    """

    field: str
    meaning: str
    default: str
    read: Callable[[str], Any] = str

    @property
    def name(self) -> str:
        """Its name in the environment."""
        return f"GOVERNANCE_{self.field.upper()}"


SETTINGS = (
    Setting(
        "secret_key",
        "signs cookies and forms; the same for every worker",
        "new at each start, for one worker",
    ),
    Setting("hosts", "names the pages answer to, with commas between", "this machine", _words),
    Setting("proxies", "trusted proxies in front, whose X-Forwarded headers count", "0", _number),
    Setting("https", "on behind TLS: Secure cookies and HSTS", "off", _switch),
    Setting("session_idle", "minutes a login lasts unused", "60", _some),
    Setting("session_length", "hours a login lasts at the most", "12", _some),
    Setting("oidc_issuer", "address of the OpenID Connect provider", "no such login"),
    Setting("oidc_client_id", "our name at the provider", "none"),
    Setting("oidc_client_secret", "our secret at the provider", "none"),
    Setting("oidc_label", "what the login page calls the provider", "OpenID Connect"),
    Setting("rate_store", "where tries are counted, as Flask-Limiter writes it", "each worker's memory"),
    Setting(
        "login_rate",
        "logins tried from one address for one account; tenfold for either alone",
        "10 per minute",
    ),
    Setting("api_rate", "requests with one access token", "600 per minute"),
    Setting("document", "text file of the terms of reference, shown beside the clauses", "none", _file),
    Setting("contact", "whom to write to about accessibility", "none"),
    Setting("log_level", "DEBUG, INFO, WARNING or ERROR", "INFO", _level),
)
"""Every setting of the pages."""

ELSEWHERE = {
    "GOVERNANCE_DATABASE_URL": (
        "the database, as SQLAlchemy writes it",
        "a SQLite file in the user's data folder",
    ),
    "GOVERNANCE_RULES": ("the folder of dated rulebooks", "DUBU's"),
}
"""Settings that the engine reads itself, with meaning and default."""


def settings_told() -> dict[str, tuple[str, str]]:
    """Every setting by its name, with its meaning and its default."""
    return ELSEWHERE | {each.name: (each.meaning, each.default) for each in SETTINGS}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment; one that is blank is not set.

    SettingError with all that cannot be used.
    """
    found: dict[str, Any] = {}
    problems = []
    for each in SETTINGS:
        text = environ.get(each.name, "").strip()
        try:
            found |= {each.field: each.read(text)} if text else {}
        except ValueError as error:
            problems.append(f"{each.name} is `{text}`; {error}")
    if problems:
        raise SettingError("; ".join(problems))
    return Settings(**found)
