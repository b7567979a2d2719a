"""Identity tokens that a provider's enemy would make: each is refused, and the one beside it is taken."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from app.errors import SignInError
from app.server.identity.openid import Identity, OpenIdProvider, Pending
from app.server.options import OpenIdOptions
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

CLIENT = "samverka"
REDIRECT = "https://samverka.example/oauth/openid/callback"


@dataclass
class Forge:
    """A provider whose next identity token a test decides. ``keys`` are what it publishes."""

    clock: FixedClock
    key: Any = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signed_with: Any = None
    algorithm: str = "ES256"
    raw: str = ""
    published: list[Any] = field(default_factory=list)
    unusable: list[dict[str, str]] = field(default_factory=list)
    tells_iss: bool = False
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as a provider does."""
        if scope["type"] == "lifespan":
            for _ in range(2):
                event = await receive()
                await send({"type": f"{event['type']}.complete"})
            return
        self.asked.append(scope["path"])
        answer = json.dumps(self._answer(scope["path"])).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, path: str) -> Mapping[str, Any]:
        if path.endswith("openid-configuration"):
            endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
            return {
                "issuer": self.issuer,
                "authorization_response_iss_parameter_supported": self.tells_iss,
            } | {name: f"{self.issuer}/{name}" for name in endpoints}
        if path == "/jwks_uri":
            keys = KeySet([*self.published, self.key]).as_dict(private=False)["keys"]
            return {"keys": [*self.unusable, *keys]}
        if path == "/userinfo_endpoint":
            return {"sub": "somebody else", "email": "karin@exempelbyran.se", "email_verified": True}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        token = self.raw or jwt.encode(
            header, self.claims, self.signed_with or self.key, algorithms=[self.algorithm]
        )
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}


def signed_with_the_public_key(forge: Forge) -> str:
    """Return a token with HS256 whose secret is the published key's text; joserfc would not make one."""
    parts = [
        urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=")
        for each in ({"alg": "HS256", "kid": forge.key.kid}, forge.claims)
    ]
    signature = hmac.digest(forge.key.as_pem(private=False), b".".join(parts), hashlib.sha256)
    return b".".join([*parts, urlsafe_b64encode(signature).rstrip(b"=")]).decode()


@pytest.fixture
def forge() -> Iterator[Forge]:
    made = Forge(FixedClock())
    with serving(made) as url:
        made.issuer = url
        now = int(made.clock.now().timestamp())
        made.claims = {
            "iss": url,
            "aud": CLIENT,
            "sub": "karin",
            "iat": now,
            "exp": now + 600,
            "nonce": "n",
            "email": "karin@exempelbyran.se",
            "email_verified": True,
        }
        yield made


def finish(forge: Forge, *, claim: str = "email", require: str = "", **answer: str) -> Identity:
    options = OpenIdOptions(issuer=forge.issuer, client_id=CLIENT, claim=claim, require=require)
    provider = OpenIdProvider(options, forge.clock)
    pending = Pending(state="s", nonce="n", verifier="v" * 43)
    return provider.finish({"state": "s", "code": "c"} | answer, pending, REDIRECT)


def refused(forge: Forge, **answer: str) -> str:
    with pytest.raises(SignInError) as caught:
        finish(forge, **answer)
    return caught.value.code


def test_a_genuine_token_is_taken(forge: Forge) -> None:
    assert finish(forge) == Identity(issuer=forge.issuer, subject="karin", email="karin@exempelbyran.se")
    forge.claims |= {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert finish(forge).subject == "karin"


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_a_claim_that_is_not_the_expected_one_is_refused(forge: Forge, change: dict[str, Any]) -> None:
    forge.claims = {name: value for name, value in (forge.claims | change).items() if value is not None}
    assert refused(forge) == "openid_forged"


def test_signatures_of_others_are_refused(forge: Forge) -> None:
    forge.signed_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert refused(forge) == "openid_forged"
    # The published key taken for a shared secret (RFC 8725, 2.1), no signature at all, no token at all.
    forge.raw = signed_with_the_public_key(forge)
    assert refused(forge) == "openid_forged"
    forge.raw = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJrYXJpbiJ9."
    assert refused(forge) == "openid_forged"
    forge.raw = "nonsense"
    assert refused(forge) == "openid_forged"


def test_a_provider_may_change_its_keys(forge: Forge) -> None:
    options = OpenIdOptions(issuer=forge.issuer, client_id=CLIENT)
    provider = OpenIdProvider(options, forge.clock)
    pending = Pending(state="s", nonce="n", verifier="v" * 43)
    provider.begin(REDIRECT, language="sv")
    forge.key = RSAKey.generate_key(2048, {"kid": "two"})
    forge.algorithm = "RS256"
    answer = {"state": "s", "code": "c"}
    # Within a minute the keys are not asked for again: nobody can make us ask all day.
    with pytest.raises(SignInError):
        provider.finish(answer, pending, REDIRECT)
    forge.clock.advance(timedelta(minutes=1))
    assert provider.finish(answer, pending, REDIRECT).subject == "karin"


def test_keys_that_nobody_here_understands_do_not_stand_in_the_way(forge: Forge) -> None:
    """A provider tries a new kind of key beside the old one (RFC 7517, 5): before, it «did not answer»."""
    forge.unusable = [
        {"kty": "AKP", "kid": "one", "alg": "ML-DSA-44", "pub": "x"},
        {"kty": "EC", "crv": "P-999", "kid": "curve", "x": "a", "y": "b"},
        {"kty": "RSA", "kid": "broken", "n": "AQAB", "e": "AQAB"},
        {"kid": "without a kind"},
    ]
    assert finish(forge).subject == "karin"
    # The control: when none is left, nobody comes in.
    forge.signed_with = forge.key
    forge.key = ECKey.import_key(forge.key.as_dict(private=True), {"use": "enc"})
    assert refused(forge) == "openid_forged"


def test_a_published_secret_signs_nothing(forge: Forge) -> None:
    forge.unusable = [{"kty": "oct", "kid": "one", "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]
    head = {"alg": "HS256", "kid": "one"}
    forge.raw = jwt.encode(head, forge.claims, OctKey.import_key(bytes(32)), algorithms=["HS256"])
    assert refused(forge) == "openid_forged"
    forge.raw = ""
    assert finish(forge).subject == "karin"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"hd": "exempelbyran.se"}, ""),
        ({"hd": "elsewhere.example"}, "openid_not_admitted"),
        ({}, "openid_not_admitted"),
        ({"hd": ["elsewhere.example", "exempelbyran.se"]}, ""),
        ({"hd": None}, "openid_not_admitted"),
    ],
    ids=str,
)
def test_demanded_claims_decide_who_may_come(forge: Forge, claims: dict[str, Any], code: str) -> None:
    forge.claims |= claims
    if not code:
        assert finish(forge, require="hd=exempelbyran.se").subject == "karin"
    else:
        assert refused(forge, require="hd=exempelbyran.se") == code


def test_the_address_must_be_verified_unless_the_claim_is_the_administrators_choice(forge: Forge) -> None:
    del forge.claims["email_verified"]
    assert refused(forge) == "openid_email_unverified"
    forge.claims["xms_edov"] = "1"
    assert finish(forge).email == "karin@exempelbyran.se"
    del forge.claims["xms_edov"]
    forge.claims["preferred_username"] = "karin.ek@exempelbyran.se"
    assert finish(forge, claim="preferred_username").email == "karin.ek@exempelbyran.se"
    forge.claims["preferred_username"] = "karin"
    with pytest.raises(SignInError) as caught:
        finish(forge, claim="preferred_username")
    assert caught.value.code == "openid_email_unverified"


def test_another_persons_userinfo_is_refused(forge: Forge) -> None:
    del forge.claims["email"]
    assert refused(forge) == "openid_forged"
    assert "/userinfo_endpoint" in forge.asked


def test_a_provider_that_names_itself_in_its_answers_must(forge: Forge) -> None:
    assert refused(forge, iss="https://evil.example") == "openid_forged"
    assert finish(forge, iss=forge.issuer).subject == "karin"
    forge.tells_iss = True
    assert refused(forge) == "openid_forged"
    assert refused(forge, state="another") == "openid_forged"
