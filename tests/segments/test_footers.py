from __future__ import annotations

import time

import pytest

from clientvoice.segments.footers import footers

COPY = [
    "Your kettle is mended.",
    "Nell tested it twice, and it boils in four minutes again.",
    "Come by when it suits you.",
]


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe",
        "Unsubscribe | Manage preferences | View in browser",
        "Home | Shop | Unsubscribe",
        "To unsubscribe, click here.",
        "If you no longer want our emails, click here.",
        "If you'd like to opt out, reply with STOP.",
        "You are receiving this email because you left your address in our shop.",
        "You’re receiving this newsletter because you are on our list.",
        "You get this because you follow the repair log.",
        "This email was sent to dana@example.com by Fern & Field, 12 Mill Lane, Leeds LS1 4AB.",
        "Not interested any more? You can unsubscribe at any time.",
        "Update your email preferences or unsubscribe from this list.",
        "© 2024 Fern & Field Ltd. All rights reserved.",
        "Copyright 2024 Fern & Field",
        "Fern & Field Ltd, registered in England no. 01234567, registered office 12 Mill Lane, Leeds",
        "Fern Credit is authorised and regulated by the Financial Conduct Authority.",
        "Privacy policy | Terms of service",
        "Our mailing address is: 12 Mill Lane, Leeds",
        "Please do not reply to this email, as this mailbox is not monitored.",
        "This message and any attachments are confidential and intended solely for the addressee.",
        "If you are not the intended recipient, please delete this message and tell the sender.",
        "repairs mailing list",
        "Sent from my iPhone",
        "{{company}} · 12 Mill Lane · <a> Unsubscribe",
        "Fern Ltd, 1 High St, Leeds LS1 4AB. Unsubscribe",
        "Fern Ltd, 1 High St. Unsubscribe",
        "Fern Ltd · 1 High St · Leeds. Unsubscribe · Preferences",
        "Fern & Field Limited. Sent to {{ user.email }}. Unsubscribe",
        "St Aldhelm's School, Church Lane, Nether Combe NC3 5JJ. You receive the bulletin as a parent. "
        "Change your email address",
        "Ledger LLP, 40 Cooper's Yard. You are sent this because we act for you. Stop these letters",
        "If you no longer wish to hear from us, click here.",
        "You are getting this as a customer of Fern Ltd. Unsubscribe.",
        "Manage your preferences or unsubscribe",
        "No longer interested? Unsubscribe with one click",
        "Change what we send you",
        "Unsubscribe: https://fit.example/u",
        "Unsubscribe https://fit.example/u",
        "Unsubscribe <https://fit.example/u>",
        "Unsubscribe (https://fit.example/u)",
        "[Unsubscribe](https://fit.example/u)",
        "Unsubscribe -> www.fit.example/u",
        "Unsubscribe at fit.example/u",
        "Unsubscribe: leave@fit.example",
        "Unsubscribe: {{unsubscribe_url}}",
        "UNSUBSCRIBE *|UNSUB|*",
        "Opt out: https://fit.example/u?id=" + "7f" * 300,
        "Home <https://fit.example/> | Unsubscribe <https://fit.example/u>",
        "Privacy policy: https://fit.example/p",
    ],
)
def test_last_line(line: str) -> None:
    assert footers([*COPY, line]) == {3}


def test_neighbours_of_the_machinery_go_with_it() -> None:
    tail = [
        "____________",
        "Fern & Field, 12 Mill Lane, Springfield, OR 97477",
        "Unsubscribe",
        "Facebook | Instagram",
        "https://example.com",
        "Write to us: hello@example.com",
        "© 2024 Fern & Field",
    ]
    assert footers([*COPY, *tail]) == set(range(3, 10))


def test_a_telephone_number_belongs_to_the_footer_only_below_an_address() -> None:
    address, number = "Hollow Oak, 2 Mill Rise, Ashenmoor AX9 4QD", "Nights: 01632 960 114"
    assert footers([*COPY, address, number, "Unsubscribe"]) == {3, 4, 5}
    assert footers([*COPY, number, "Unsubscribe"]) == {4}
    assert footers([*COPY, address, "Ring us today", number, "Unsubscribe"]) == {6}


def test_an_address_above_a_link_that_is_written_out_goes_with_it() -> None:
    address = "Fit Studio, 12 Mill Lane, Leeds LS1 4AB"
    assert footers([*COPY, address, "Unsubscribe: https://fit.example/u"]) == {3, 4}
    assert footers([*COPY, address, "Book your class: https://fit.example/b"]) == set()


def test_links_to_a_web_copy_at_the_top() -> None:
    assert footers(["View in browser: https://fit.example/v", *COPY]) == {0}
    assert footers(["Trouble reading this mail? View it in your browser.", *COPY]) == {0}
    assert footers(["View in browser", *COPY]) == {0}


def test_signature_after_two_dashes() -> None:
    assert footers([*COPY, "Nell Brady", "Fern & Field, workshop"], {3}) == {3, 4}


def test_two_dashes_before_more_copy_than_a_signature_has() -> None:
    assert footers(COPY, {0}) == set()
    more = ["We also mended the toaster that you left with us last week." * 3] * 4
    assert footers([*COPY, *more], {3}) == set()


def test_pgp_signature() -> None:
    blocks = ["-----BEGIN PGP SIGNATURE-----", "iEYEARECAAYFAjz", "-----END PGP SIGNATURE-----"]
    assert footers([*COPY, *blocks]) == {3, 4, 5}


@pytest.mark.parametrize(
    "line",
    [
        "You have been unsubscribed and will hear nothing more from us.",
        "We made it easier to unsubscribe: one click, no questions.",
        "We have updated our privacy policy, and here is what changes for you.",
        "Your subscription ends in June; you can manage your subscription, invoices and seats in the app.",
        "Take 20% off our list price.",
        "Sent with love from our bakery.",
        "If you don't receive your parcel by Friday, call us.",
        "To ensure delivery by Friday, order today.",
        "Reply to this mail and Dana will ring you back today.",
        "Offer valid until 14 May and only in store.",
        "P.S. Your warranty runs until May.",
        "Contact us",
        "Shop now",
        "Questions? Dana will ring you back. To unsubscribe, click here.",
        "Nell Brady, 12 Mill Lane, Springfield, OR 97477",
        "Come to 12 Mill Lane on Saturday. Unsubscribe",
        "Visit us at 12 Mill Lane, Leeds LS1 4AB. Unsubscribe",
        "Tea Time, 12 Mill Lane! Unsubscribe",
        "Nights and Sundays: 01632 960 114",
        "You are sent this parcel on Monday.",
        "You are getting this as a gift. Enjoy it.",
        "If you no longer wish to wait, hear what we can do today.",
        "Book your class: https://fit.example/b",
        "How to unsubscribe your phone: https://fit.example/b",
        "Write to dana@fit.example about Monday.",
    ],
)
def test_copy_at_the_end_is_no_footer(line: str) -> None:
    assert footers([*COPY, line]) == set()


def test_a_legal_line_in_the_middle_is_no_footer() -> None:
    blocks = [*COPY, "© 2024 the photographer. All rights reserved.", *COPY, *COPY]
    assert footers(blocks) == set()


def test_merge_tags_of_the_machinery() -> None:
    tags = ["{% unsubscribe %}", "{{ organization.name }} {{ organization.full_address }}", "{{ content }}"]
    assert footers([*COPY, *tags]) == set(range(len(COPY), len(COPY) + 3))
    assert footers([*COPY, "*|LIST:ADDRESSLINE|*", "*|UNSUB|*"]) == {len(COPY), len(COPY) + 1}
    assert footers([*COPY, "{{ content }}"]) == set()
    assert footers([*COPY, "Dear {{ organization.name }},"]) == set()


def test_copy_between_footers_stays() -> None:
    blocks = [
        *COPY,
        "Unsubscribe",
        "P.S. Your kettle is covered until May.",
        "Shop now",
        "© 2024 Fern & Field",
    ]
    assert footers(blocks) == {3, 6}


@pytest.mark.parametrize(
    "blocks",
    [
        ["http://example.com"] * 30_000,
        ["Unsubscribe"] * 30_000,
        ["Some words of copy here."] * 30_000,
        ["unsubscribe " * 100_000],
        ["if you no longer wish " + "x " * 100_000],
        ["manage your " * 30_000],
        ["a | " * 60] * 5_000,
        ["--"] * 30_000,
        ["-----BEGIN PGP SIGNATURE-----"] * 20_000,
        [" " * 200_000],
        ["a@" * 2_000] * 500,
        [f"{number} " + "a.b" * 1_300 for number in range(500)],
        [f"{number} " + "https://" * 500 for number in range(500)],
        [f"{number} " + "{{" * 2_000 for number in range(100)],
    ],
)
def test_hostile_blocks_take_linear_time(blocks: list[str]) -> None:
    before = time.process_time()
    footers(blocks, range(len(blocks)))
    assert time.process_time() - before < 5
