from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.batch.containment import contained, failure_from
from clientvoice.errors import InputError
from clientvoice.records import Failure


def inverse(numbers: Sequence[int]) -> list[float]:
    return [1 / number for number in numbers]


def named(number: int, error: BaseException) -> Failure:
    return failure_from(error, name=str(number), path=None, doing="dividing")


@settings(deadline=None)
@given(st.lists(st.integers(-3, 3)))
def test_every_item_has_its_result_or_its_failure_in_place(numbers):
    results = contained(inverse, numbers, named)
    assert len(results) == len(numbers)
    for number, result in zip(numbers, results, strict=True):
        if number == 0:
            assert isinstance(result, Failure)
            assert (result.id, result.code) == ("0", "internal")
        else:
            assert result == 1 / number


def test_work_that_loses_items_is_not_believed():
    results = contained(
        lambda items: items[:1], ["a", "b"], lambda item, error: Failure(item, "x", str(error))
    )
    assert results == ["a", "b"]


def test_work_is_done_together_where_nothing_fails():
    calls = []
    contained(lambda items: calls.append(len(items)) or items, [1, 2, 3], named)
    assert calls == [3]


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit])
def test_what_ends_a_program_is_let_through(ending):
    def work(items):
        raise ending

    with pytest.raises(ending):
        contained(work, [1, 2], named)


def test_a_panic_of_a_compiled_library_is_a_failure():
    class PanicException(BaseException):  # as pyo3 raises it
        pass

    def work(items):
        raise PanicException("byte index 3 is not a char boundary")

    (failure,) = contained(work, [1], named)
    assert failure.code == "internal"
    assert "PanicException: byte index 3" in failure.text


def test_the_text_of_a_failure_says_what_where_and_what_to_do():
    unreadable = failure_from(
        PermissionError(13, "Permission denied"), name="mails/a.eml", path="mails/a.eml", doing="reading it"
    )
    assert unreadable.code == "unreadable"
    assert "mails/a.eml: Permission denied while reading it" in unreadable.text

    told = failure_from(
        InputError("too_large", "b.eml has 40 MB"), name="b.eml", path="b.eml", doing="reading it"
    )
    assert (told.code, told.text) == ("too_large", "b.eml has 40 MB")

    fault = failure_from(RecursionError(), name="c.eml", path="c.eml", doing="reading it")
    assert fault.code == "internal"
    assert "RecursionError while reading it" in fault.text
    assert "report it" in fault.text
