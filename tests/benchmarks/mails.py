"""Mails to measure with: real in shape, ours in text."""

from __future__ import annotations

import random
import shutil
from email.message import EmailMessage
from html import escape
from pathlib import Path

from clientvoice.corpora.messages import read_natural_messages

ROOT = Path(__file__).resolve().parents[2]
NEWSLETTERS = ROOT / "data" / "newsletters"
A_FOLDER = 1000


def make_mails(folder: Path, count: int) -> None:
    """Write that many mails, in folders of a thousand; the first 1,420 hardly repeat each other.

    They are the authored messages as plain and HTML alternatives, quoted-printable,
    base64 or neither, with other digits in each copy.
    """
    messages = read_natural_messages(ROOT / "data" / "corpus")
    rng = random.Random(0)
    for number in range(count):
        message = messages[number % len(messages)]
        texts = [_varied(sentence.text, rng) for sentence in message.sentences]
        mail = EmailMessage()
        mail["From"] = f"Sender {number % 97} <news{number % 97}@example.com>"
        mail["To"] = "reader@example.org"
        mail["Subject"] = " ".join(texts[0].split())[:200] or "News"
        mail["Date"] = f"Mon, {1 + number % 28:02} Jun 2026 09:{number % 60:02}:00 +0000"
        encoding = ("quoted-printable", "base64", "8bit")[number % 3]
        mail.set_content("\n\n".join(texts[1:]) or texts[0], cte=encoding)
        body = "".join(f"<p>{escape(text)}</p>\n" for text in texts[1:] or texts)
        page = f"<html><body><table><tr><td>{body}</td></tr></table></body></html>"
        mail.add_alternative(page, subtype="html", cte=encoding)
        _place(folder, number, ".eml").write_bytes(mail.as_bytes())


def copy_samples(folder: Path, count: int) -> None:
    """Write that many copies of the sample newsletters in turn: a firm's archive repeats itself."""
    samples = sorted(
        path
        for path in NEWSLETTERS.rglob("*")
        if path.is_file() and path.suffix in (".eml", ".html", ".md", ".txt")
    )
    for number in range(count):
        sample = samples[number % len(samples)]
        shutil.copyfile(sample, _place(folder, number, sample.suffix))


def _place(folder: Path, number: int, suffix: str) -> Path:
    path = folder / f"{number // A_FOLDER:04}" / f"{number % A_FOLDER:04}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _varied(text: str, rng: random.Random) -> str:
    return "".join(rng.choice("0123456789") if letter.isdigit() else letter for letter in text)
