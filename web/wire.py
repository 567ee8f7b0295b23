"""What goes over the wire: static files that a browser may keep, and pages and sheets packed small."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

STATIC = Path(__file__).parent / "static"
DESIGN_SYSTEM = "dkfds/css/dkfds.css"
PLAIN = "plain.css"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What is served as what: a machine's own table of types may not know a typeface."""

PACKED = frozenset({"text/css", "text/html", "image/svg+xml", "text/plain"})
OWN_SITES = frozenset({"same-origin", "none"})
WORTH_PACKING = 1024
FOR_A_YEAR = "public, max-age=31536000, immutable"


@cache
def edition() -> str:
    """A short digest over every static file: it stands in their addresses, so a new edition has new ones."""
    digest = sha256()
    for path in sorted(each for each in STATIC.rglob("*") if each.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def sheet() -> str:
    """The sheet below our own: the design system's, or the plain one where set-up could not fetch it."""
    return DESIGN_SYSTEM if (STATIC / DESIGN_SYSTEM).is_file() else PLAIN


def static(edition_: str, filename: str) -> Response:
    """One static file. An address of this edition may be kept for a year, an older one is asked for anew."""
    path = safe_join(str(STATIC), filename)
    kind = KINDS.get(Path(filename).suffix)
    if path is None or kind is None or not Path(path).is_file():
        raise NotFound
    response = Response(Path(path).read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = FOR_A_YEAR if edition_ == edition() else "no-cache"
    return response


def with_edition(endpoint: str, values: dict[str, object]) -> None:
    """Let the address of a static file carry the edition."""
    if endpoint == "static":
        values.setdefault("edition_", edition())


def packed(response: Response) -> Response:
    """Compress what a browser asked for compressed, if it is text and large enough.

    A page holds a form's token beside words that whoever made the link may choose, and from the lengths of
    many such answers a secret could be guessed (BREACH). So a page is compressed only when the browser says
    that our own page or its address bar asked for it, never another site. Static files hold no secret.
    """
    if response.mimetype not in PACKED or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if request.endpoint != "static":
        response.vary.add("Sec-Fetch-Site")
        if request.headers.get("Sec-Fetch-Site") not in OWN_SITES:
            return response
    if "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    body = response.get_data()
    if len(body) >= WORTH_PACKING:
        response.set_data(_small(body) if request.endpoint == "static" else gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def _small(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def register(app: Flask) -> None:
    """Serve the static files at addresses of their own edition, and pack what is sent."""
    app.add_url_rule("/static/<edition_>/<path:filename>", "static", static)
    app.url_defaults(with_edition)
    app.jinja_env.globals["sheet"] = sheet()
    app.after_request(packed)
