"""How an analysis shows itself in a notebook: the same text and notes as on the page."""

from __future__ import annotations

import hashlib

from clientvoice.records import MessageAnalysis
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.sections import section
from clientvoice.reports.page.shares import Explain
from clientvoice.reports.page.template import resource, template


def analysis_html(analysis: MessageAnalysis, *, explain: Explain | None = None) -> str:
    """Return one message as a piece of HTML with its own styles, which touch nothing around it.

    Parameters
    ----------
    analysis : MessageAnalysis
    explain : callable, optional
        Such as ``voice.explain``: marked sentences then show the shares of their
        words on hover and focus.

    Examples
    --------
    >>> from clientvoice.records import Message
    >>> empty = MessageAnalysis(Message("a", "", ()), "neutral", 50.0, {"neutral": 1.0}, ())
    >>> analysis_html(empty).startswith('<div class="cv')
    True
    """
    from markupsafe import Markup

    styles = Markup(resource("text.css"))  # noqa: S704 - our own file
    # Many analyses can stand in one notebook, so ids are made from what they show.
    digest = hashlib.sha256(f"{analysis.id}\0{analysis.message.text}".encode(errors="replace"))
    part = section(analysis, 0, shipped_cards(), anchor=f"cv{digest.hexdigest()[:10]}", explain=explain)
    return template("notebook.html").render(m=part, styles=styles)
