"""The pages and the API over the use cases of `governance.service`, alone or in another Flask application."""

from web.app import create_app
from web.mount import Governance, Mount

__all__ = ["Governance", "Mount", "create_app"]
