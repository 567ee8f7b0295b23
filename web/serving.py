"""How gunicorn serves the pages: ``gunicorn --config python:web.serving 'web:create_app()'``.

``governance serve`` does the same. Each name of gunicorn's settings that stands here is one; its command line
goes before (``--bind``, ``--workers``), and ``WEB_CONCURRENCY`` says how many workers there are else. Workers
must not be loaded before they are forked (no ``--preload``): each has its own connections to the database.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from web.app import create_app
from web.logs import configuration
from web.settings import SettingError, Settings, read_settings

KEY_NEEDED = (
    "GOVERNANCE_SECRET_KEY mangler: flere processer må have én nøgle til fælles. Lav en med "
    "`python -c 'import secrets; print(secrets.token_hex(32))'`, og giv den til dem alle.\n"
    "GOVERNANCE_SECRET_KEY is missing: several processes must share one key. Make one with "
    "`python -c 'import secrets; print(secrets.token_hex(32))'`, and give it to them all."
)

bind = ["127.0.0.1:8000"]
worker_class = "web.worker.Worker"
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
proc_name = "governance"
control_socket_disable = True
forwarded_allow_ips = ""
"""What a proxy says of a request is for GOVERNANCE_PROXIES alone to believe."""
logconfig_dict = dict(configuration("INFO"))


def on_starting(server: Arbiter) -> None:
    """Refuse to begin with what would fail later, in words and not in each worker."""
    settings = usable_settings()
    if server.cfg.workers > 1 and not settings.secret_key:
        raise SystemExit(KEY_NEEDED)
    level = logging.getLevelName(settings.log_level)
    for name in (None, "gunicorn.error", "governance.requests"):
        logging.getLogger(name).setLevel(level)


def usable_settings() -> Settings:
    """The settings of the environment; whoever started the server is told when they cannot be used."""
    try:
        return read_settings(os.environ)
    except SettingError as error:
        raise SystemExit(str(error)) from None


def run(address: str, workers: int, announce: Callable[[], None]) -> None:
    """Serve at an address (``host:port``) until stopped; ``announce`` is called once it answers."""

    class Server(BaseApplication):
        """The settings of this module, without a command line of their own."""

        def load_config(self) -> None:
            """The settings."""
            own: dict[str, Any] = {
                **{name: value for name, value in globals().items() if name in self.cfg.settings},
                "bind": [address],
                "workers": workers,
                "when_ready": lambda _server: announce(),
            }
            for name, value in own.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The pages."""
            return create_app()

    Server().run()
