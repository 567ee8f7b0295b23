"""A small OpenID Connect provider of the tests' own, which can also misbehave."""

import threading
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe
from time import time

from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "governance", "between-us"


@dataclass
class Provider:
    """Who logs in there, and what its answers are to say differently than they should."""

    address: str = ""
    who: dict = field(default_factory=lambda: {"sub": "42", "email": "ny@kommune.dk", "email_verified": True})
    changed: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    other_key: RSAKey | None = None
    leaves: bool = False

    def app(self):
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def told():
            out = {"end_session_endpoint": f"{self.address}/leave?all=1"} if self.leaves else {}
            return jsonify(
                **out,
                issuer=self.address,
                authorization_endpoint=f"{self.address}/authorize",
                token_endpoint=f"{self.address}/token",
                jwks_uri=f"{self.address}/keys",
                id_token_signing_alg_values_supported=["RS256"],
                code_challenge_methods_supported=["S256"],
            )

        @app.get("/leave")
        def leave():
            asked = request.args
            assert (asked["client_id"], asked["all"]) == (CLIENT, "1")
            return redirect(f"{asked['post_logout_redirect_uri']}?state={asked['state']}")

        @app.get("/keys")
        def keys():
            return jsonify(keys=[self.key.as_dict(private=False)])

        @app.get("/authorize")
        def authorize():
            asked = request.args
            assert asked["code_challenge_method"] == "S256"
            code = token_urlsafe()
            self.codes[code] = (asked["code_challenge"], asked["nonce"])
            return redirect(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

        @app.post("/token")
        def token():
            sent = request.form
            challenge, nonce = self.codes.pop(sent.get("code"), ("", ""))
            shown = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest())
            known = request.authorization
            if shown.rstrip(b"=").decode() != challenge or (known.username, known.password) != (
                CLIENT,
                SECRET,
            ):
                return jsonify(error="invalid_grant"), 400
            now = int(time())
            claims = {"iss": self.address, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 60}
            claims = {name: said for name, said in {**claims, **self.who, **self.changed}.items() if said}
            signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.other_key or self.key)
            return jsonify({"access_token": "x", "token_type": "Bearer", "id_token": signed})

        return app


@contextmanager
def running():
    """The provider, on a port of its own."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
