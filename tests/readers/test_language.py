import subprocess
import sys

import pytest

from clientvoice.readers.language import detect_language, with_language_notice
from clientvoice.records import Block, Message

ENGLISH = [
    "Dana will ring you before the technician sets off, so you need not wait at home.",
    "Big sale ends Sunday: boots, bags, coats, scarves, gloves, hats and socks for less!",
    "Webinar on Tuesday: Kubernetes, Terraform, Ansible, Helm and Docker in one hour",
    "Pilates Mon 7am, Zumba Tue 8am, Yoga Wed 9am, Spinning Thu 6pm, Barre Fri 7am",
    "Cabernet Sauvignon, Merlot, Chardonnay, Pinot Grigio, Prosecco, Rioja, Chianti",
    "SHOP NOW AND SAVE ON EVERY PAIR OF BOOTS THIS WEEKEND ONLY, WHILE STOCK LASTS",
    "Ciao Bella Trattoria: gnocchi, risotto ai funghi, tiramisu. Book a table for two.",
    "Croissants, pain au chocolat, baguettes & brioche, fresh from 7. See you at Chez Margaux!",
    "New in: Samsung Galaxy, Lenovo ThinkPad, Asus Vivobook, Acer Aspire, Huawei MateBook",
    "Your Order #48213 Has Shipped. Track Parcel. Manage Preferences. Contact Support.",
    "Hola from Barcelona! Our tapas tour starts at six, and your guide is called Jordi.",
]
OTHER = {
    "de": "Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe und Taschen in unserem Laden.",
    "fr": "Profitez de nos offres jusqu'à dimanche soir et recevez votre commande chez vous.",
    "es": "Solo hoy tienes envío gratis en todos los pedidos de nuestra tienda de zapatos.",
    "it": "Acquista ora e risparmia fino al cinquanta per cento su tutte le scarpe del negozio.",
    "nl": "Vandaag is de verzending gratis bij alle bestellingen in onze winkel voor schoenen.",
    "pl": "Kup teraz i zaoszczędź do pięćdziesięciu procent na wszystkie buty w naszym sklepie.",
    "ru": "Только сегодня бесплатная доставка всех заказов из нашего магазина обуви.",
    "ja": "本日限り、当店のすべての靴が二割引きでお買い求めいただけます。",
    "zh": "仅限今天，本店所有鞋类商品一律八折，欢迎选购。",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_copy_is_never_called_foreign(text):
    assert detect_language(text) in ("en", None)
    assert detect_language(" ".join([text] * 8)) in ("en", None)


@pytest.mark.parametrize(("language", "text"), OTHER.items())
def test_other_languages_are_told(language, text):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Shop now",
        "Jetzt kaufen",
        "4 for 3!",
        "https://example.com/" + "lange/adresse/" * 9,
        "*|FNAME|* " * 20,
    ],
)
def test_too_little_text_has_no_answer(text):
    assert detect_language(text) is None


def test_english_is_told_without_loading_the_model():
    code = (
        "import sys\n"
        "from clientvoice.readers.language import detect_language\n"
        "text = 'If anything changes before Monday, we will ring you and say what it means for you.'\n"
        "assert detect_language(text) == 'en'\n"
        "assert 'py3langid' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_notice_stands_on_the_body_alone():
    subject, body, footer = "Winterschlussverkauf bei uns im Laden in der Stadt", ENGLISH[0], OTHER["fr"]
    text = f"{subject}\n{body}\n{footer}"
    at = len(subject) + 1
    end = at + len(body)
    blocks = (Block(0, at - 1, "subject"), Block(at, end, "paragraph"), Block(end + 1, len(text), "footer"))
    message = Message("a", text, blocks)
    assert with_language_notice(message) is message
    foreign = with_language_notice(Message("b", OTHER["de"], (Block(0, len(OTHER["de"]), "paragraph"),)))
    assert [notice.code for notice in foreign.notices] == ["not_english"]
    assert "'de'" in foreign.notices[0].text


def test_long_texts_take_no_longer():
    assert detect_language((OTHER["de"] + " ") * 20_000) == "de"
