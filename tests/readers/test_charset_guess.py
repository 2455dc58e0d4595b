"""Undeclared bytes: windows-1252 for English, whatever letters a detector makes of its few signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import read_bytes
from clientvoice.readers.charset import decode

SIGNED = [
    "Your box is £12.50 from Monday.",
    "Cut £20, colour £45, perm £60, wash £5, fringe £7, beard £9, shave £11.",
    "£5",
    "That is €9 a month.",
    "The fee is ¥500, or 50¢ a page.",
    "We’ll ring you first.",
    "“It’s ready,” she said – and it was… at last — ‘today’.",
    "She wrote “…” and ‘…’ and we rang her.",
    "Parcel™ and Box® are ours. © Baker & Sons",
    "Zoë, José and Renée keep the café.",
    "Jürgen and Björn drive from Köln to Malmö.",
    "Düsseldorf",
    "Señor Núñez has a jalapeño for £3.",
    "Crème brûlée £5, pâté £6, tête-à-tête £17, façade £900, soufflé £8.",
    "Søren’s smørrebrød from Århus costs £7 on Ærø.",
    "São Paulo is open, and so is Reykjavík.",
    "Š and Ž are on the sign.",
    "Bake 1½ cups at 180° for ¾ of an hour.",
    "Stir 1¼ cups, 2¾ spoons and 3½ eggs.",
    "• Ring us • Write to us",
    "one · two · three",
    "The room is 20 m² and 50 m³, ± 3 µm.",
    "§ 5 holds from the 1º of May.",
    "Next issue\xa0» £2",
    "¿Qué? ¡Hola! is all the Spanish that we know.",
    "………………",
    "•••••••••• ——————————",
]


@pytest.mark.parametrize("text", SIGNED)
def test_a_few_western_bytes_are_windows_1252_and_a_guess(text):
    assert decode(text.encode("cp1252")) == (text, "windows-1252", True)


WORDS = ["we", "will", "ring", "you", "on", "Friday", "about", "the", "order", "and", "our", "shop", "45"]
NAMES = ["café", "Zoë", "José", "Núñez", "Møller", "Köln", "crème", "pâté", "garçon", "São", "Weiß", "España"]
MARKED = ["£45", "€9", "¥500", "it’s", "“soon”", "‘soon’", "– now", "more…", "—", "Box™", "Box®", "©"]
MARKED += ["1½", "¼", "¾ cup", "20°", "•", "·", "5 m²", "± 3", "§ 5", "»", "«soon»", "¿Qué?", "¡Hola!"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=25),
    st.lists(st.sampled_from(MARKED), min_size=1, max_size=6),
    st.lists(st.sampled_from(NAMES), max_size=4),
    st.randoms(use_true_random=False),
)
def test_no_mix_of_signs_and_names_turns_english_into_another_charset(words, marked, names, random):
    pieces = [*words, *marked, *names]
    random.shuffle(pieces)
    text = " ".join(pieces)
    assert decode(text.encode("cp1252")) == (text, "windows-1252", True)


COPY = "We’ll ring you first. Patients who fail to attend will be charged £45."


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("a.txt", "", ""),
        ("a.html", "<html><body><p>", "</p></body></html>"),
        ("a.html", '<html><head><meta charset="utf-8"></head><body><p>', "</p>"),
        ("a.markdown", "# Hello\n\n", "\n"),
        ("a.eml", "Subject: £45 off\n\n", "\n"),
        ("a.eml", "Subject: Hi\nContent-Type: text/plain; charset=us-ascii\n\n", "\n"),
        ("a.eml", "Subject: Hi\nContent-Type: text/html\n\n<p>", "</p>\n"),
        ("a.csv", "subject,body\nHello,", "\n"),
    ],
)
def test_pounds_are_pounds_in_every_format(name, start, end):
    data = f"{start}{COPY}{end}".encode("cp1252")
    (message,) = read_bytes(data, format=name.partition(".")[2].replace("txt", "text"), name=name)
    assert COPY in message.text
    assert "Ł" not in (message.subject or "")
    told = [notice.text for notice in message.notices if notice.code == "charset_guessed"]
    assert all("read as windows-1252, a guess" in text for text in told)
    assert told or name == "a.csv"  # tables are cp1252 where they are not UTF-8: nothing weighs them


def test_a_page_that_only_says_utf8_is_not_read_as_utf8():
    page = b'<meta charset="utf-8"><p>It\x92s \xa345.</p>'
    assert decode(page, "utf-8").text == '<meta charset="utf-8"><p>It’s £45.</p>'


def test_bytes_that_no_charset_holds_do_not_make_another_of_it():
    assert decode(b"It\x92s \xa345 \x81 today.").text == "It’s £45 \ufffd today."


def test_the_quotes_of_old_macs_are_not_taken_for_the_rule():
    data = "It’s “new”.".encode("mac-roman")
    assert decode(data).charset == "windows-1252"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Мы перезвоним вам завтра утром.", "cp1251"),
        ("Мы перезвоним вам завтра утром.", "koi8-r"),
        ("СКИДКИ СЕГОДНЯ", "cp1251"),
        ("Dear Ivan, as you asked: Мы перезвоним вам завтра утром. Your friends at the shop.", "cp1251"),
        ("Αύριο θα σας τηλεφωνήσουμε το πρωί.", "cp1253"),
        ("נתקשר אליך מחר בבוקר", "cp1255"),
        ("سنتصل بكم غدا صباحا", "cp1256"),
        ("พรุ่งนี้เราจะโทรหาคุณ", "cp874"),
        ("明日こちらからお電話します。", "cp932"),
        ("データとメールをお送りします。", "cp932"),
        ("明日こちらからお電話します。", "euc_jp"),
        ("明日こちらからお電話します。", "iso2022_jp"),
        ("我们明天给您打电话。", "gb18030"),
        ("我們明天給您打電話。", "big5"),
        ("내일 아침에 전화 드리겠습니다", "euc_kr"),
    ],
)
def test_another_script_is_plain_to_see(text, codec):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.guessed


POLISH = (
    "Zadzwonimy jutro rano i powiemy, jak płatność się odbędzie. "
    "Prosimy również o wiadomość, które miejsce państwo wolą."
)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (f"<html><body><table><tr><td><p>{POLISH}</p></td></tr></table></body></html>", "cp1250"),
        (
            "Zítra vám zavoláme a řekneme, jak se platí. Můžete přijít kdykoliv, těšíme se na vás. "
            "Děkujeme, že jste si nás vybrali, a přejeme hezký večer.",
            "cp1250",
        ),
        (
            "Yarın sizi arayacağız ve ödemenin nasıl yapılacağını söyleyeceğiz. Teşekkürler.",
            "cp1254",
        ),
        (
            "Rytoj ryte jums paskambinsime ir pasakysime, kaip mokėti. Jei kas nors pasikeis, "
            "prašome mums pranešti. Mūsų parduotuvė yra kitoje gatvės pusėje.",
            "cp1257",
        ),
    ],
)
def test_many_letters_of_another_latin_charset_count(text, codec):
    assert decode(text.encode(codec)) == (text, codec.replace("cp", "windows-"), True)


@pytest.mark.parametrize(
    "text",
    [
        "Où êtes-vous? Dès demain, nous vous appellerons: la fête aura lieu au château, à côté de l’œuvre.",
        "Wir grüßen Sie herzlich und rufen morgen früh zurück, bevor sich für Köln etwas ändert.",
        "Mañana le llamaremos. ¿Qué más quiere saber el señor Peña? ¡Nos vemos en la montaña!",
        "Amanhã ligaremos para você: não há pressa, as opções estão na página.",
        "På lørdag får du smørbrød og nye bøker hos oss, og været blir godt på Sørlandet.",
    ],
)
def test_western_languages_stay_windows_1252(text):
    assert decode(text.encode("cp1252")) == (text, "windows-1252", True)
