from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clientvoice
from clientvoice.batch.codec import UnfitError, from_plain, schema_digest, to_plain
from clientvoice.batch.packing import LARGEST, pack, unpack
from clientvoice.readers import find_files, read_path
from clientvoice.records import Failure, Message, MessageAnalysis
from clientvoice.reports import analysis_record

NEWSLETTERS = Path(__file__).resolve().parents[2] / "data" / "newsletters"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def analyses():
    files = [it for it in find_files([NEWSLETTERS]) if not isinstance(it, Failure)]
    messages = [item for it in files for item in read_path(it.path, name=it.name)]
    return list(clientvoice.load("fast").pipe(item for item in messages if isinstance(item, Message)))


def test_what_is_restored_makes_the_same_records(analyses):
    for analysis in analyses:
        back = from_plain(json.loads(json.dumps(to_plain(analysis))))
        assert analysis_record(back) == analysis_record(analysis)
        bare = replace(analysis.message, source="", source_map=back.message.source_map)
        assert back == replace(analysis, message=bare)


def test_what_is_restored_holds_no_source(analyses):
    assert any(analysis.message.source for analysis in analyses)
    assert not any(from_plain(to_plain(analysis)).message.source for analysis in analyses)


def test_packed_results_come_back_and_are_small(analyses):
    packed = pack(analyses)
    assert [analysis_record(it) for it in unpack(packed)] == [analysis_record(it) for it in analyses]
    assert len(packed) < len(json.dumps([analysis_record(it) for it in analyses])) / 2


def test_a_lone_surrogate_survives():
    failure = Failure("a\udc80.eml", "empty", "a\udc80.eml: empty.")
    assert unpack(pack([failure])) == [failure]


@pytest.mark.parametrize(
    "code", ["timed_out", "unreadable", "internal", "not_found", "worker_ended", "not_installed"]
)
def test_what_another_run_may_not_meet_again_is_not_kept(code):
    assert pack([Failure("a.eml", code, "a.eml: …")]) is None


@settings(deadline=None)
@given(JSON)
def test_any_other_value_is_refused_and_never_a_crash(value):
    with pytest.raises(UnfitError):
        from_plain(value)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_value_changed_anywhere_is_refused_or_makes_a_record(analyses_plain, data):
    plain = json.loads(json.dumps(analyses_plain))
    here, path = plain, data.draw(st.lists(st.integers(0, 30), min_size=1, max_size=6))
    for at in path[:-1]:
        inner = here[at % len(here)] if isinstance(here, list) and here else None
        if not isinstance(inner, list) or not inner:
            break
        here = inner
    here[path[-1] % len(here)] = data.draw(JSON)
    try:
        result = from_plain(plain)
    except UnfitError:
        return
    assert isinstance(result, MessageAnalysis | Failure)
    if isinstance(result, MessageAnalysis):
        json.dumps(analysis_record(result), allow_nan=False)


@pytest.fixture(scope="module")
def analyses_plain(analyses):
    return to_plain(analyses[3])


def test_places_outside_the_text_are_refused(analyses):
    plain = to_plain(analyses[0])
    plain[1][0][1] = "short"
    with pytest.raises(UnfitError, match="outside the text of 5 characters"):
        from_plain(plain)


@pytest.mark.parametrize("number", [math.nan, math.inf, 10**400, "0.5", True, None])
def test_what_is_no_finite_number_is_refused(analyses, number):
    plain = to_plain(analyses[0])
    plain[1][2] = number
    with pytest.raises(UnfitError):
        from_plain(plain)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not compressed",
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"[NaN]", id="nan"),
        pytest.param(b"{}", id="object"),
        pytest.param(b"\xff", id="no text"),
        pytest.param(b"[" + b"[]," * 4_000_000 + b"[]]", id="many values"),
        pytest.param(b" " * (LARGEST + 1), id="large"),
        pytest.param(b"[[1,[" + b"1" * 100_000 + b"]]]", id="endless number"),
    ],
)
def test_bytes_of_strangers_are_refused(data):
    import zlib

    for packed in (data, zlib.compress(data), zlib.compress(data)[:-3], zlib.compress(data) + b"x"):
        with pytest.raises(UnfitError):
            unpack(packed)


def test_the_schema_has_a_name_that_does_not_move():
    assert schema_digest() == schema_digest()
    assert len(schema_digest()) == 64
