"""The Jinja2 templates of the report, and the page's security policy."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@lru_cache(maxsize=16)
def resource(name: str) -> str:
    """Return a file of ``clientvoice/resources/report`` as text, with plain line breaks."""
    text = files("clientvoice").joinpath("resources", "report", name).read_text(encoding="utf-8")
    # The hash of a script is taken over what the browser sees: it never sees CR LF.
    return text.replace("\r\n", "\n")


def template(name: str) -> Template:
    """Return a template, compiled once.

    Examples
    --------
    >>> template("notebook.html").name
    'notebook.html'
    """
    return _environment().get_template(name)


def policy(script: str) -> str:
    """Return a Content-Security-Policy that allows styles in the page, this script and nothing else.

    Examples
    --------
    >>> policy("")[:19]
    "default-src 'none';"
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["counted"] = counted
    environment.filters["signed"] = signed
    return environment


def percent(share: float) -> str:
    """Return a probability or share as a reader says it.

    Examples
    --------
    >>> percent(0.923), percent(0.001)
    ('92%', '<1%')
    """
    if 0 < share < 0.005:
        return "<1%"
    return f"{share:.0%}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "message"), counted(1200, "message")
    ('1 message', '1,200 messages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def not_shown(told: str, *, alike: bool) -> str:
    """Return that so many are left out; ``alike`` if some of them have as many messages as some shown.

    Examples
    --------
    >>> not_shown("2 more senders", alike=False)
    '2 more senders with fewer messages not shown.'
    """
    return f"{told} with {'as many messages or fewer' if alike else 'fewer messages'} not shown."


def signed(number: float) -> str:
    """Return a share of log-odds with its sign and one digit, as it is set in print.

    Examples
    --------
    >>> signed(0.52), signed(-1.0), signed(0.01)
    ('+0.5', '−1.0', '0.0')
    """
    return f"{number:+.1f}".replace("-", "−") if round(abs(number), 1) else "0.0"
