"""Candidates from a language model behind any OpenAI-compatible address; off unless it is asked for.

What a server sends is a stranger's text. It is bounded in time and size, taken
apart line by line, and whatever is left passes through the same guards and
ranking as any other candidate. It is never marked safe.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from clientvoice.errors import ConfigError
from clientvoice.rewrites.applying.answers import Unanswered, answer_text, candidate_lines, request_of
from clientvoice.rewrites.candidates.source import Candidate

if TYPE_CHECKING:
    import httpx

KEY = "CLIENTVOICE_LLM_KEY"
"""The environment variable that holds the key of the server."""

MOST_BYTES = 65_536
"""Bytes of an answer that are read."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 5.0
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


@dataclass(slots=True)
class RemoteCandidates:
    """Asks a language model for candidates, a sentence at a time.

    After a failure that trying again did not mend, nothing more is sent;
    ``problem`` says what was wrong.

    Parameters
    ----------
    url : str
        The base address, such as ``http://localhost:8080/v1``.
    model : str
        The name that the server knows the model by.
    key : str, optional
        By default the environment variable ``CLIENTVOICE_LLM_KEY``, if it is set.
    timeout : float
        Seconds for one answer, from the first byte sent to the last one read.
    attempts : int
        How often a sentence is sent at most.
    sleep : callable
        Waits between attempts.

    Raises
    ------
    ConfigError
        If the address is none, or ``httpx`` is not installed.

    Examples
    --------
    >>> RemoteCandidates("http://localhost:8080/v1/", "gemma").address
    'http://localhost:8080/v1/chat/completions'
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    attempts: int = 3
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    problem: str = field(default="", init=False)
    sent: int = field(default=0, init=False)
    _known: dict[str, list[Candidate]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self.key = self.key or os.environ.get(KEY) or None
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise ConfigError(f"{KEY}: expected a key of printable ASCII characters.")
        _checked(self.url)
        _client_library()

    @property
    def address(self) -> str:
        """Where sentences are sent."""
        return f"{self.url.rstrip('/')}/chat/completions"

    @property
    def notice(self) -> str:
        """What the user must know before anything is sent."""
        place = urlsplit(self.url)
        local = _LOOPBACK.fullmatch(place.hostname or "")
        clear = "" if local or place.scheme == "https" else " The connection is not encrypted."
        return f"Sentences that read as customer are sent to {self.address} (model {self.model}).{clear}"

    def __call__(self, sentence: str, cues: Sequence[str]) -> list[Candidate]:
        """Return the model's candidates for a sentence; none where there is no usable answer."""
        if self.problem:
            return []
        if sentence not in self._known:
            try:
                answer = self._asked(request_of(sentence, cues, self.model))
            except Unanswered as error:
                self.problem = f"{self.address}: {error}. The language model was left out from there on."
                return []
            self._known[sentence] = [
                Candidate(text, "llm", tuple(cues), f"llm/{self.model}", "Proposed by a language model.")
                for text in candidate_lines(answer, sentence)
            ]
        return list(self._known[sentence])

    def _asked(self, request: dict[str, Any]) -> str:
        for attempt in range(1, self.attempts + 1):
            try:
                self.sent += 1
                return answer_text(self._exchanged(request))
            except Unanswered as error:
                if not error.again or attempt == self.attempts:
                    raise
                self.sleep(min(max(error.wait, 0.5 * 2 ** (attempt - 1)), _LONGEST_WAIT))
        raise Unanswered("not asked")

    def _exchanged(self, request: dict[str, Any]) -> bytes:
        httpx = _client_library()
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        direct = bool(_LOOPBACK.fullmatch(urlsplit(self.url).hostname or ""))
        deadline = time.monotonic() + self.timeout
        try:
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=False, trust_env=not direct) as client,
                client.stream("POST", self.address, json=request, headers=headers) as response,
            ):
                _check_status(response)
                return _bounded(response, deadline)
        except httpx.TimeoutException:
            raise Unanswered(f"no answer within {self.timeout:g} seconds", again=True) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = str(error) or type(error).__name__
            raise Unanswered(f"cannot be reached ({kind[:200]})", again=True) from None


def _check_status(response: httpx.Response) -> None:
    code = response.status_code
    if code == 200:
        return
    if code in (401, 403):
        raise Unanswered(f"refused with status {code}; set {KEY} to a key that it takes")
    if code == 404:
        raise Unanswered("not found (status 404); give the base address, such as http://localhost:8080/v1")
    wait = response.headers.get("retry-after", "")
    raise Unanswered(
        f"answered with status {code}",
        again=code in _AGAIN,
        wait=float(wait) if re.fullmatch(r"\d{1,4}", wait) else 0.0,
    )


def _bounded(response: httpx.Response, deadline: float) -> bytes:
    """Read an answer, but no more and no longer than a few sentences may take."""
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Unanswered("the answer is compressed, which was not asked for")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unanswered(f"the answer is longer than {MOST_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise Unanswered("the answer came too slowly")
    return bytes(body)


def _checked(url: str) -> None:
    try:
        place = urlsplit(url)
        _ = place.port  # raises where it is no number
    except ValueError as error:
        raise ConfigError(f"--llm {url!r}: no address ({error}); expected http://host:port/v1.") from None
    if place.username or place.password:
        raise ConfigError(f"--llm: a name or password in the address would be shown; set {KEY} instead.")
    if place.scheme not in ("http", "https") or not place.hostname or place.query or place.fragment:
        raise ConfigError(f"--llm {url!r}: expected an address such as http://localhost:8080/v1.")


def _client_library() -> Any:
    try:
        import httpx
    except ImportError:
        raise ConfigError("--llm needs httpx: pip install 'clientvoice[llm]'.") from None
    return httpx
