from __future__ import annotations

import hashlib

from clientvoice.digests import sha256


def test_a_file_has_the_digest_of_its_bytes(tmp_path):
    place = tmp_path / "a.bin"
    place.write_bytes(b"ring me first\n" * 100_000)
    assert sha256(place) == hashlib.sha256(place.read_bytes()).hexdigest()
