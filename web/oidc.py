"""Login by OpenID Connect: the authorization code flow with PKCE, state and nonce; and the way out again."""

from __future__ import annotations

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, abort, current_app, request
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from governance.model import RequestError, Text
from governance.service import Identity
from web.settings import Settings

CLIENT = "governance.oidc"
SECONDS = 10

UNREACHABLE = Text(
    "loginudbyderen svarer ikke; prøv igen om lidt, eller log ind med adgangskode",
    "the login provider does not answer; try again in a while, or log in by password",
)
UNPROVEN = Text(
    "svaret fra loginudbyderen passer ikke til det login, der blev begyndt her; begynd forfra",
    "the answer of the login provider does not fit the login that was begun here; begin again",
)


def to_provider(back: str) -> Response:
    """The way to the provider, which is to send whoever logs in ``back``."""
    try:
        found: Response = _client().authorize_redirect(back)
    except (AuthlibBaseError, RequestException, ValueError) as error:
        _tell(error)
        raise RequestError(UNREACHABLE) from error
    return found


def from_provider() -> Identity:
    """Who the provider says it is; RequestError when that is no answer to what was asked, or no proof."""
    client = _client()
    try:
        issuer = client.load_server_metadata()["issuer"]
        claims = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client.client_id},
            "sub": {"essential": True},
        }
        proven = client.authorize_access_token(claims_options=claims).get("userinfo")
    except RequestException as error:
        _tell(error)
        raise RequestError(UNREACHABLE) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        _tell(error)
        raise RequestError(UNPROVEN) from error
    if not proven or not proven.get("nonce"):
        raise RequestError(UNPROVEN)
    verified = proven.get("email_verified") is True
    return Identity(str(proven["iss"]), str(proven["sub"]), str(proven.get("email", "")) if verified else "")


def way_out(back: str) -> str:
    """Where to log out at the provider, which then sends one ``back``; nothing where none is left."""
    client = current_app.extensions.get(CLIENT)
    if client is None:
        return ""
    try:
        if not client.load_server_metadata().get("end_session_endpoint"):
            return ""
        return str(client.logout_redirect(back, client_id=client.client_id).location)
    except (AuthlibBaseError, RequestException, ValueError) as error:
        _tell(error)
        return ""


def is_back() -> bool:
    """Whether whoever asks was sent back from the ``way_out`` that this browser was shown."""
    if CLIENT not in current_app.extensions or not request.args.get("state"):
        return False
    try:
        return "post_logout_redirect_uri" in _client().validate_logout_response()
    except AuthlibBaseError:
        return False


def _tell(error: Exception) -> None:
    """The kind of a failed login, for whoever runs the service; its text may hold what somebody sent."""
    current_app.logger.warning("what was asked of the provider failed: %s", type(error).__name__)


def _client() -> OAuth:
    client = current_app.extensions.get(CLIENT)
    if client is None:
        abort(404)
    return client


def register(app: Flask, settings: Settings) -> None:
    """Know the provider of the settings, if there is one; it is asked what it can when somebody logs in."""
    if not settings.oidc_issuer:
        return
    known = OAuth(app)
    app.extensions[CLIENT] = known.register(
        "provider",
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": SECONDS,
        },
    )
