"""Words of sign-in that client and server share (OAuth 2.0 for native apps, RFC 8252)."""

from __future__ import annotations

import msgspec

CLIENT_ID = "samverka-desktop"
"""The one public client: a program on a person's machine keeps no secret, so it has none."""

REDIRECT_PATH = "/callback"
"""Path of the client's one-shot listener; any port of 127.0.0.1 or [::1] is accepted (RFC 8252, 7.3)."""

AUTHORIZE_PATH = "/oauth/authorize"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
REVOKE_PATH = "/oauth/revoke"
METADATA_PATH = "/.well-known/oauth-authorization-server"

NONCE_FIELD = "nonce"
"""Field of a refresh request. The client stores the nonce before the call; the old token with the same
nonce returns the same successor, so that a lost answer is not taken for theft."""

DEVICE_NAME_FIELD, PLATFORM_FIELD = "device_name", "device_platform"
"""Fields of the exchange of a code: how the list of devices calls this one. Other clients leave them out."""

SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere"
"""``error_description`` where somebody has ended the session in the list of devices."""

CODE_SECONDS = 60
ACCESS_SECONDS = 15 * 60


class TokenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /oauth/token (RFC 6749, 5.1). ``expires_in`` is in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105 - a kind of token, not one


class TokenRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """Error of POST /oauth/token (RFC 6749, 5.2), such as ``invalid_grant``: sign in again."""

    error: str
    error_description: str = ""


class IssuerMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /.well-known/oauth-authorization-server (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    response_types_supported: tuple[str, ...] = ("code",)
    response_modes_supported: tuple[str, ...] = ("query",)
    grant_types_supported: tuple[str, ...] = ("authorization_code", "refresh_token")
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("none",)
    authorization_response_iss_parameter_supported: bool = True
    ui_locales_supported: tuple[str, ...] = ("sv", "en")
