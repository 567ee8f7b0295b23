"""Look the installation over: each thing that must be as it should, one line each, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from governance.faults import RuleError
from governance.model import RequestError, Text
from governance.rulebook import Rulebooks
from governance.service.doctorrules import bookish
from governance.service.erasing import erasing_unfinished
from governance.service.opening import Governance, database_url, no_register, rules_folder, utc_now
from governance.service.retention import purge_access_log
from governance.service.rulefiles import load_rulebooks
from governance.service.views import Said
from governance.store import StoreError, is_register, make_engine, reading
from governance.store.condition import bytes_of, guards_missing, head_of, settings_of
from governance.store.events import SKEW
from governance.store.upgrade import REVISION, revision
