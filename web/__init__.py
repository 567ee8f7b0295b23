"""The pages: a small Flask application over the use cases of `governance.service`."""

from web.app import create_app

__all__ = ["create_app"]
