"""Which charset undeclared bytes are in: windows-1252, unless they are plainly in another script or language.

A detector weighs a handful of bytes by the pairs of letters that they would make. For English
that is no evidence: of "Ł45" and "£45" it takes the Polish letter. So its answer counts only
where what it reads holds up as words.
"""

from __future__ import annotations

import re

_SAMPLE = 200_000
_ASCII = bytes(range(128)).replace(b"\x1b", b"")
_CLAIM = re.compile(rb"charset|encoding", re.I)
# Its capitals are the quotes, dashes and dots of windows-1252; nobody sends it.
_NOT_SENT = frozenset({"IBM866"})
# The letters and the signs of windows-1252. One that stands alone, and a sign that is not within a word
# (a pound, a quote, a fraction), tell nothing, whatever letters they may be elsewhere.
_WESTERN = rb"[A-Za-z\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xd6\xd8-\xf6\xf8-\xff]"
_MARK = rb"[\x80\x82-\x89\x8b\x91-\x99\x9b\xa0-\xbf\xd7\xf7]"
_OUTSIDE = re.compile(
    rb"(?<!%(letter)b)[\x80-\xff](?!%(letter)b)|(?<!%(letter)b)%(mark)b|%(mark)b(?!%(letter)b)"
    % {b"letter": _WESTERN, b"mark": _MARK}
)
# Words that no language of windows-1250, 1254 or 1257 shares, as Hungarian does "is" and Romanian "are".
_ENGLISH = re.compile(rb"\b(?:the|and|of|you|your|our|for|with)\b", re.I)
# Greek to the syllables of Korea, and the wide forms; no punctuation, symbols or frames.
_OTHER_SCRIPT = "\u0370-\u1fff\u2e80-\ud7ff\uf900-\uffef"
_LETTER = re.compile(f"[{_OTHER_SCRIPT}]")
_WORD = re.compile(f"[{_OTHER_SCRIPT}]{{3,}}")
_WIDE_WORD = re.compile(f"[{_OTHER_SCRIPT}]{{2,}}")
_LAST_LATIN = "\u024f"
_FEWEST_KINDS = 5
_FEWEST_ACCENTS = 5
_FEWEST_ACCENT_KINDS = 2


def guess_charset(data: bytes) -> tuple[str, str]:
    r"""Return the Python codec and the name of the likeliest charset of undeclared bytes that are not UTF-8.

    Parameters
    ----------
    data : bytes
        What it declares about itself is passed over: whoever asks has tried that.

    Examples
    --------
    >>> guess_charset(b"The service is \xa385, and it\x92s due on Friday.")
    ('cp1252', 'windows-1252')
    >>> guess_charset("Мы перезвоним вам завтра утром.".encode("koi8-r"))[1]
    'koi8-u'
    """
    from turbohtml.detect import Detection, detect

    first = len(data) - len(data.lstrip(_ASCII))
    start = max(0, first - 1_000)
    sample = _CLAIM.sub(b" ", data[start : start + _SAMPLE])
    match = detect(sample, Detection(excluded=_NOT_SENT))
    if match.codec and match.encoding and _in_other_script(sample.decode(match.codec, "replace"), sample):
        return match.codec, match.encoding.lower()
    sample = _OUTSIDE.sub(b" ", sample)
    match = detect(sample)
    if match.codec and match.encoding and _in_other_latin(sample.decode(match.codec, "replace"), sample):
        return match.codec, match.encoding.lower()
    return "cp1252", "windows-1252"


def _in_other_script(text: str, data: bytes) -> bool:
    """Whether most letters of another script stand in whole words of it, and are of several kinds."""
    words = "".join((_WORD if len(text) == len(data) else _WIDE_WORD).findall(text))
    return len(set(words)) >= _FEWEST_KINDS and 2 * len(words) >= len(_LETTER.findall(text))


def _in_other_latin(text: str, data: bytes) -> bool:
    """Whether letters that windows-1252 lacks are there in number, and more often than English words."""
    if len(text) != len(data):
        return False
    pairs = zip(text, data.decode("cp1252", "replace"), strict=True)
    letters = [read for read, western in pairs if read != western and read.isalpha() and read <= _LAST_LATIN]
    kinds = {letter.lower() for letter in letters}
    enough = len(letters) >= _FEWEST_ACCENTS and len(kinds) >= _FEWEST_ACCENT_KINDS
    return enough and len(letters) > len(_ENGLISH.findall(data))
