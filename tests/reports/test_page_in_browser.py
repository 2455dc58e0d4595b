"""The page in a real browser: the script runs, hostile text does not, nobody is shut out."""

import re
import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from clientvoice.records import Failure
from clientvoice.reports.page.notebook import analysis_html
from clientvoice.reports.page.pages import render_page, report_pages

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if BROWSER is None:
    pytest.skip("no Chromium is installed, so the page was NOT opened", allow_module_level=True)
playwright = pytest.importorskip(
    "playwright.sync_api",
    reason="playwright is not installed (extra: integration), so the page was NOT opened",
)

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"{BROWSER} does not run here, so the page was NOT opened: {str(error)[:200]}")
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Return a context: the page of some HTML, which must load nothing else and raise nothing."""

    @contextmanager
    def context(html, *, width=1280, anchor="", **options):
        (tmp_path / "report.html").write_text(html, encoding="utf-8")
        place = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        page = place.new_page()
        odd = []
        page.on("pageerror", lambda error: odd.append(str(error)))
        page.on("console", lambda message: odd.append(message.text))
        page.on("dialog", lambda dialog: (odd.append(dialog.message), dialog.dismiss()))
        page.on(
            "request", lambda request: odd.extend([] if request.url.startswith("file:") else [request.url])
        )
        page.goto(f"{(tmp_path / 'report.html').as_uri()}{anchor}")
        yield page
        place.close()
        assert not [each for each in odd if not each.startswith("data:image/svg+xml")]

    return context


@pytest.fixture(scope="module")
def mended(demo, suggest):
    return [it if isinstance(it, Failure) else suggest(it) for it in demo]


@pytest.fixture(scope="module")
def html(mended, explain):
    return render_page(mended, model_name="fast", explain=explain)


@pytest.fixture(scope="module")
def followed(demo):
    """The page of ten messages of one sender, whose lines over time are shown."""
    scored = [it for it in demo if not isinstance(it, Failure)][:10]
    dated = [
        replace(it, message=replace(it.message, sender="Oak <oak@oak.example>", date=f"2026-03-{day:02}"))
        for day, it in enumerate(sorted(scored, key=lambda it: it.score), 1)
    ]
    return render_page(dated, model_name="fast")


def _shown(page):
    page.wait_for_timeout(250)
    return page.locator("#shown").text_content()


def test_hostile_text_runs_nothing(demo, analysis, hostile, suggest, opened):
    bad = analysis(
        subject=["customer", 0.9, hostile, "", hostile],
        sender=hostile,
        path=hostile,
        block=[["paragraph", [["client", 0.9, hostile], ["customer", 0.9, hostile]]]],
    )
    with opened(render_page([*demo, suggest(bad)], model_name="fast")) as page:
        page.click("#open")
        assert page.title() == "Client voice report"
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 1
        assert _shown(page) == "17 messages"
        page.fill("#find", "<script>")
        assert _shown(page) == "1 of 17 messages"


def test_filters_narrow_the_list_and_stay_in_the_address(html, opened):
    with opened(html) as page:
        page.uncheck("input[value=client]")
        assert _shown(page) == "10 of 16 messages"
        page.select_option("#cue", "pressure")
        page.fill("#to", "30")
        page.fill("#find", "MIDNIGHT")
        assert _shown(page) == "1 of 16 messages"
        page.select_option("#sort", "title")
        address = page.url
        assert address.endswith(
            "#find=MIDNIGHT&show=customer%2Cmixed%2Cneutral&to=30&cue=pressure&sort=title"
        )
        page.click("#clear")
        assert _shown(page) == "16 messages"
        assert "=" not in page.url
        page.goto("about:blank")
        page.goto(address)
        assert _shown(page) == "1 of 16 messages"
        assert page.input_value("#sort") == "title"
        assert page.input_value("#find") == "MIDNIGHT"


def test_a_filter_without_a_match_says_so(html, opened):
    with opened(html) as page:
        page.fill("#from", "95")
        assert _shown(page) == "0 of 16 messages"
        assert page.locator("#none").is_visible()


def test_a_reversed_range_is_told_and_scores_stay_on_the_scale(html, opened):
    with opened(html) as page:
        page.fill("#from", "90")
        page.fill("#to", "10")
        assert _shown(page) == "0 of 16 messages, the range is reversed"
        assert "from 90 is above to 10" in page.locator("#none").text_content()
        assert page.locator("#to").get_attribute("aria-invalid") == "true"
        page.fill("#from", "-20")
        page.fill("#to", "400")
        page.locator("#find").focus()
        assert _shown(page) == "16 messages"
        assert (page.input_value("#from"), page.input_value("#to")) == ("0", "100")
        assert page.locator("#to").get_attribute("aria-invalid") == "false"
        page.fill("#find", "no such words")
        page.wait_for_timeout(250)
        assert page.locator("#none").text_content().startswith("No message matches")


def test_an_address_that_makes_no_sense_is_no_harm(html, opened):
    with opened(html, anchor="#sort=<b>&cue=x&from=e&show=&find=%00%ff") as page:
        assert _shown(page) == "0 of 16 messages"
        assert page.input_value("#sort") == "score"


def test_lists_are_sorted(html, opened):
    with opened(html) as page:
        page.select_option("#sort", "-score")
        scores = page.eval_on_selector_all(
            "#list details.m", "all => all.map(it => Number(it.dataset.score))"
        )
        assert scores == sorted(scores, reverse=True)


def test_a_suggestion_is_copied_by_keyboard_and_told(html, mended, opened):
    with opened(html, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.click(".fixes a >> nth=0")
        page.wait_for_timeout(300)
        assert page.evaluate("document.activeElement.matches('mark.s')")
        page.evaluate("document.getElementById('m1').open = true")  # what is put first may stand elsewhere
        button = page.locator("#m1 button.copy").first
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert page.locator("#said").text_content() == "Copied"
        told = mended[0].sentences[0].rewrites[0].text
        assert page.evaluate("navigator.clipboard.readText()") == told
        assert page.evaluate("document.activeElement.matches('button.copy')")


@pytest.mark.parametrize("able", [True, False])
def test_without_a_clipboard_it_copies_by_selecting_or_leaves_it_to_the_reader(html, mended, opened, able):
    with opened(html) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        if not able:
            page.evaluate("document.execCommand = () => false")
        page.click("#m1 summary >> nth=0")
        page.locator("#m1 button.copy").first.click()
        page.wait_for_timeout(200)
        said = page.locator("#said").text_content()
        if able:
            assert said == "Copied"
        else:
            assert said.startswith("Not allowed to copy. The suggestion is selected")
            told = mended[0].sentences[0].rewrites[0].text
            assert " ".join(page.evaluate("getSelection().toString()").split()) == told


def test_pages_lead_to_each_other_with_filters_set(mended, opened, tmp_path):
    pages = dict(report_pages(mended, model_name="fast", per_page=6))
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with opened(pages["report.html"]) as page:
        caring = page.locator("#overview a[href^='report-3.html']").first
        goal = caring.get_attribute("href")
        page.fill("#find", "e")
        assert _shown(page) == "6 messages"
        page.locator("a[rel=next]").first.click()
        page.wait_for_timeout(300)
        assert page.title() == "Client voice report, page 2 of 3"
        assert page.input_value("#find") == "e"
        page.click("nav[aria-label='Parts of the report'] >> text=Overview")
        page.click(f"#overview a[href='{goal}']")
        page.wait_for_timeout(500)
        assert page.url.endswith(goal)
        assert page.evaluate("document.activeElement.matches('details[open] > summary')")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")], ids=["light", "dark", "narrow"]
)
def test_axe_finds_nothing(html, opened, width, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed (extra: integration), so axe-core was NOT run",
    )
    with opened(html, width=width, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        found = axe.Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_notebook_view_shows_the_same_without_a_script(mended, opened):
    with opened(
        f"<!doctype html><title>n</title>{analysis_html(mended[0])}", java_script_enabled=False
    ) as page:
        assert page.locator(".rw").count() == 18
        assert page.locator("button").count() == 0
        assert page.locator(".rw .diff").first.is_visible()


def test_without_its_script_the_page_is_whole_and_shows_no_dead_buttons(html, opened):
    with opened(html, java_script_enabled=False, anchor="#m1s1") as page:
        assert page.locator("#tools").is_hidden()
        assert page.locator(".copy:visible").count() == 0
        assert page.locator("#m1s1").is_visible()


def test_print_shows_suggestions_and_no_buttons(html, opened):
    with opened(html) as page:
        page.click("#m1 summary >> nth=0")
        page.emulate_media(media="print")
        assert page.locator("#m1 .rw").first.is_visible()
        assert page.locator("#m1 .more .rw").first.is_visible()
        assert page.locator("button:visible").count() == 0
        assert re.match(b"%PDF", page.pdf())


PRINTED = (
    """() => [...document.querySelectorAll('#list .body')].filter(each => each.checkVisibility()).length"""
)


def test_print_has_the_text_of_open_messages_only(html, opened):
    with opened(html) as page:
        page.emulate_media(media="print")
        assert page.evaluate(PRINTED) == 0
        assert page.locator("#list .m > summary:visible").count() == 16
        assert "single line" in page.locator(".printing").text_content()
        few = len(re.findall(rb"/Type /Page\b", page.pdf()))
        page.emulate_media(media="screen")
        page.click("#open")
        page.emulate_media(media="print")
        assert page.evaluate(PRINTED) == 16
        assert few < len(re.findall(rb"/Type /Page\b", page.pdf()))


def test_print_shows_bars_and_lines_and_no_dead_folds(followed, opened):
    with opened(followed, width=640) as page:
        page.emulate_media(media="print")
        for drawn in (".cues .track i", ".trends svg", ".m .bar i", ".split i", ".hist i"):
            it = page.locator(drawn).first
            assert it.is_visible(), drawn
            assert it.evaluate("each => getComputedStyle(each).printColorAdjust") == "exact", drawn
        assert page.locator("details.repeats:visible").count() == 0
        folds = page.locator("summary:visible").evaluate_all(
            "all => all.map(each => getComputedStyle(each).listStyleType)"
        )
        assert set(folds) == {"none"}
        heads = page.locator("h2").evaluate_all("all => all.map(each => getComputedStyle(each).breakAfter)")
        assert set(heads) == {"avoid"}


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; }
* { word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.mark.parametrize("which", ["html", "followed"])
@pytest.mark.parametrize("width", [320, 390])
def test_text_may_be_spaced_on_a_small_screen(request, opened, width, which):
    """WCAG 1.4.12 and 1.4.10 together: nothing is wider than the screen."""
    told = request.getfixturevalue(which)
    with opened(told, width=width, bypass_csp=True) as page:
        page.add_style_tag(content=SPACED)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_stop_leads_to_the_messages_and_every_stop_has_a_role(html, opened):
    with opened(html) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the messages"
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert page.evaluate("document.activeElement.id") == "messages"
        page.click("#m1 summary >> nth=0")
        stops = page.evaluate(
            "[...document.querySelectorAll('[tabindex]')].filter(each => each.tabIndex >= 0).length"
        )
        assert stops == 0
        page.locator("#m1 .note a.t").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert page.evaluate("document.activeElement.matches('mark.s')")
        assert page.evaluate("getComputedStyle(document.activeElement, '::after').content") != "none" or (
            page.locator("#m1 .tip:visible").count() == 1
        )


def test_nothing_moves_for_those_who_ask_for_rest(html, opened):
    with opened(html, reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
    .filter(([_, box]) => box.width && box.height && (box.width < 24 || box.height < 24))
    .map(([told, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${told}`)"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_finger_hits_what_it_aims_at(opened, html, width):
    """WCAG 2.2, 2.5.8: targets of 24 by 24 CSS pixels, also where its exceptions would let less pass."""
    with opened(html, width=width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate(SMALL) == []
