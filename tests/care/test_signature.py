import pytest

from clientvoice.care.signature import is_closing, is_signature


@pytest.mark.parametrize(
    "line",
    [
        "Imogen",
        "Imogen Tarrant",
        "Imogen, Sam and all at Hollow Oak",
        "— Priya",
        "Mrs J. Threlfall, Head Teacher",
        "Dr Lindqvist",
        "With kind regards, Odalys",
        "Ruth & Tomasz",
        "Greta Lund\nshop manager",
    ],
)
def test_a_person(line):
    assert is_signature(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The Hollow Oak team",
        "Hollow Oak Vets",
        "Your friends at the shop",
        "Customer Support",
        "imogen",
        "See you soon!",
        "Thank you for reading.",
        "Imogen will be in the waiting room with cake on the twenty-seventh of February.",
        "Imogen Tarrant is retiring",
        "LinkGift.example",
    ],
)
def test_no_person(line):
    assert not is_signature(line)


@pytest.mark.parametrize(
    ("line", "signed"),
    [("Odalys", True), ("J. R. Okonkwo-Bell", True), ("The team", False), ("Account Administration", False)],
)
def test_after_a_closing(line, signed):
    assert is_signature(line, closed=True) == signed


def test_closings():
    assert all(map(is_closing, ("Kind regards,", "  Warmly —", "Yours sincerely", "THANKS!")))
    assert not any(map(is_closing, ("", "Kind of you", "Regards are sent to all of you")))
