"""What is said again and again, said once: addresses, and parts of a page that follow from what they get.

No page is kept whole. Each is kept under all that it follows from, and only so many of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, current_app, request
from flask import url_for as found
from jinja2.runtime import Macro
from markupsafe import Markup

from web.language import current

MOST = 2048
ADDRESSES = "governance.addresses"
INSIDE = frozenset({"_anchor"})
"""What an address may be asked to have beside its values that does not lead out of these pages."""

Address = Callable[..., str]


def url_for(endpoint: str, **values: object) -> str:
    """The address of a page, as Flask makes it; one inside these pages follows from where they stand."""
    if all(name in INSIDE or not name.startswith("_") for name in values):
        address: Address = current_app.extensions[ADDRESSES]
        return address(request.script_root, endpoint, tuple(values), *values.values())
    return found(endpoint, **values)  # type: ignore[arg-type]  # what Flask takes by name


def register(app: Flask) -> None:
    """Let templates ask for addresses, and for macros that are `remembered`."""

    @lru_cache(MOST, typed=True)
    def address(_root: str, endpoint: str, names: tuple[str, ...], *values: object) -> str:
        return app.url_for(endpoint, **dict(zip(names, values, strict=True)))  # type: ignore[arg-type]  # as above

    @lru_cache(MOST, typed=True)
    def said(macro: Macro, _language: str, _root: str, *given: object) -> Markup:
        return Markup(macro(*given))  # noqa: S704 - a macro escapes what it is given

    @app.context_processor
    def here() -> dict[str, object]:
        """`remembered`: what a macro makes of what it is given, its template imported without the context."""
        language, root = current(), request.script_root
        return {"remembered": lambda macro, *given: said(macro, language, root, *given)}

    app.extensions[ADDRESSES] = address
    app.jinja_env.globals["url_for"] = url_for
