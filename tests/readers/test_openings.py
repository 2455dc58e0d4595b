"""How a quoted mail begins."""

import time

import pytest

from clientvoice.readers.mail.openings import leads, opening


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["On Mon, 1 June 2026 at 09:12, Bo Smith <bo@example.com> wrote:"], 1),
        (["on 3 May 2024, Ana Lind wrote:"], 1),
        (["On 6/1/26, Bo Smith wrote:"], 1),
        (["On Mon, 1 June 2026, Bo Smith", "<bo@example.com> wrote:"], 2),
        (["On Mon, 1 June 2026,\nBo Smith wrote:"], 1),
        (["Le 1 juin 2026 à 09:12, Bo a écrit\u00a0:"], 1),
        (["Le lundi 1 juin 2026 à 09:12, Bo", "<bo@example.com> a écrit :"], 2),
        (["Am 01.06.2026 um 09:12 schrieb Bo Smith:"], 1),
        (["Am 3.5.2024 schrieb Ana:"], 1),
        (["Den 3 maj 2024 kl. 10.00 skrev Ana:"], 1),
        (["Op ma 3 mei 2024 om 10:00 schreef Ana <ana@example.com>:"], 1),
        (["El lun, 3 may 2024 a las 9:12, Ana escribió:"], 1),
        (["Il giorno lun 3 mag 2024 Ana ha scritto:"], 1),
        (["Jo Baker <jo@example.com> wrote:"], 1),
        (["-----Original Message-----"], 1),
        (["________________", "From: Bo"], 0),
        (["_____ Original Appointment _____"], 1),
        (["Original message"], 1),
        (["-----Ursprüngliche Nachricht-----"], 1),
        (["-----Message d’origine-----"], 1),
        (["---------- Forwarded message ---------", "From: Ana", "Date: Monday", "Tea at five."], 3),
        (["---- Forwarded by Bo Smith/Oak on 06/01/2026 09:12 AM ----"], 1),
        (["Begin forwarded message:"], 1),
        (["From: Bo Smith", "Sent: Monday", "To: Dana", "Subject: Plants", "Hello."], 4),
        (["*From:* Bo Smith", "", "*Date:* Monday", "*Subject:* Plants", "Hello."], 4),
        (["From: bo@example.com", "To: dana@example.com", "Message-ID: <1@example.com>", "", "Hello."], 3),
        (["From: Ana Sent: Monday To: Nell Subject: Tea", "Can you?"], 1),
        (["From: Ana\nDate: Monday\nSubject: Tea", "Can you?"], 1),
    ],
)
def test_openings(lines, length):
    assert opening(lines, 0) == length
    assert not length or leads(lines, 0)


@pytest.mark.parametrize(
    "lines",
    [
        ["On Monday we wrote to you."],
        ["On 1 June our founder wrote: we care."],
        ["On our first page, Ana wrote:", "Best soup in town."],
        ["On page 3, Ana wrote:", "Best soup in town."],
        ["On 3 May 2024 we wrote to you.", "Ana wrote:"],
        ["Our guests wrote:"],
        ["From: our family to yours", "Thank you."],
        ["From: Leeds", "To: York", "Date: 3 May 2024", "Come early."],
        ["From: Leeds Date: 3 May 2024 To: York"],
        ["To: all", "Subject: tea", "Date: Monday"],
        ["From Monday on we are open.", "To: all", "Subject: June"],
        ["This is the original message of the brand."],
        ["Forwarded by our friends at Oak"],
        [""],
        ["On 1 " + "x" * 500 + " wrote:"],
    ],
)
def test_copy_that_is_none(lines):
    assert opening(lines, 0) == 0


def test_a_header_alone_only_leads_to_a_mail():
    assert leads(["*Subject:* June"], 0) and leads(["Reply-To: bo@example.com"], 0)
    assert not leads(["Subject to change"], 0)


@pytest.mark.parametrize(
    "line",
    [
        "On " + "wrote 2024 " * 28,
        "On " + "schrieb : 2024 " * 20 + "x",
        "On 2024 " + "schrieb" + ":" * 300,
        "On" + " " * 310,
        "on " * 100,
        "a <" + "@" * 300 + ":",
        "a <" + "b@c" * 100 + ":",
        "aa" + "<a@b" * 75 + "> wrote :",
        "- " * 150 + "x",
        "-" * 70 + "forwarded by " + "-" * 200,
        "from: " * 50,
        "From:" + "\t" * 300,
        "*_" * 150 + "from:",
        "original " * 30,
        "From: " + "to: " * 50_000,
        "-" * 200_000,
        " " * 200_000 + "x",
    ],
)
def test_hostile_lines_take_linear_time(line):
    lines = [line, ""] * (400_000 // len(line))
    before = time.process_time()
    for index in range(len(lines)):
        leads(lines, index)
    assert time.process_time() - before < 4
