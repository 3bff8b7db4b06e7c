"""The headers under GitHub's answers: ETag and 304, rate limit, token's end, Vary.

Comes in: an answer, its request, caller and rate-limit window. Goes out: the answer with headers.
https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

from datetime import UTC
from hashlib import sha256
from http import HTTPStatus
from itertools import count

from bot.sandbox.limits import Window
from bot.sandbox.messages import Answer, Request
from bot.sandbox.tokens import Caller

REST_VARY = "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With"
GRAPHQL_VARY = "Accept-Encoding, Accept, X-Requested-With"
_numbers = count(1)


def with_etag(answer: Answer, request: Request, caller: Caller) -> Answer:
    """Gives a REST GET its ETag; 304 without a body if the client has just this answer.

    ETags differ from token to token, as GitHub's do.
    """
    is_read = request.method == "GET" and answer.status == HTTPStatus.OK
    if not is_read or request.is_graphql or request.path == "/rate_limit":
        return answer
    token = caller.token.token if caller.token else ""
    etag = f'W/"{sha256(token.encode() + answer.bytes).hexdigest()}"'
    headers = answer.headers | {"ETag": etag, "Cache-Control": "private, max-age=60, s-maxage=60"}
    if request.headers.get("if-none-match") == etag:
        return Answer(304, headers=headers)
    answer.headers = headers
    return answer


def stamp(answer: Answer, request: Request, caller: Caller, window: Window) -> Answer:
    """Adds the headers that all answers have; those which a fault set stay."""
    headers = window.headers | {
        "x-github-request-id": f"5A4D:{next(_numbers):06X}",
        "x-github-media-type": "github.v3; format=json",
        "x-github-api-version-selected": "2022-11-28",
        "Vary": GRAPHQL_VARY if request.is_graphql else REST_VARY,
    }
    token = caller.token
    if token is not None and token.scopes is not None:
        headers["x-oauth-scopes"] = token.scopes
    if token is not None and token.expires_at is not None:
        ends = token.expires_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        headers["github-authentication-token-expiration"] = ends
    answer.headers = headers | answer.headers
    return answer
