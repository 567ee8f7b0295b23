"""The pages: a small Flask application over the use cases of `governance.service`."""
