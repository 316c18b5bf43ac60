"""A coordinator in Kosovo, without a programmer: translates, adapts, reviews, and edits a file."""

import pytest
from playwright.sync_api import expect

from companion.db import Database
from companion.packs.archive import from_zip, to_zip
from companion.people.models import Person
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast


@pytest.fixture
def edon(new_phone: NewPhone, cast: Cast, database: Database) -> Phone:
    with database.writing.begin() as db:
        db.get_one(Person, cast.edon.id).pilot = "xk"
    phone = new_phone()
    phone.sign_in(cast.edon.token)
    return phone


def find(phone: Phone, language: str, words: str) -> None:
    """From More to one text, by its words."""
    phone.open("/more")
    phone.page.get_by_role("link", name="Words").click()
    phone.page.locator(f'a[href="/words/{language}"]').click()
    phone.page.get_by_label("Words in it").fill(words)
    phone.page.get_by_role("button", name="Show", exact=True).click()
    phone.page.locator(".lines a").first.click()


def test_she_translates_adapts_reviews_and_sees_it_on_the_page(edon: Phone) -> None:
    find(edon, "sq", "My devices")
    expect(edon.page.get_by_text("See it on the page")).to_be_visible()
    edon.fill({"form0": "Telefonat e mi"})
    edon.page.get_by_role("button", name="Save as a draft").click()
    expect(edon.page.get_by_text("Your pilot’s own words")).to_be_visible()
    edon.page.get_by_role("button", name="Save as reviewed").click()
    expect(edon.page.locator("form.now p").first).to_contain_text("Reviewed")

    find(edon, "en", "My devices")
    edon.fill({"form0": "My phones"})
    edon.page.get_by_role("button", name="Save as reviewed").click()
    edon.page.get_by_role("link", name="See it on the page").click()

    expect(edon.page.get_by_text("My phones").first).to_be_visible()
    edon.open("/more")
    edon.page.locator("select#language").select_option("sq")
    edon.page.locator('form[action="/language"] button').click()
    expect(edon.page.get_by_text("Telefonat e mi").first).to_be_visible()


def test_she_changes_a_file_in_a_text_editor_and_sees_the_differences(edon: Phone) -> None:
    edon.open("/words/sq/files")
    with edon.page.expect_download() as downloading:
        edon.page.get_by_text("companion.po").click()
    file = downloading.value.path()
    text = file.read_text(encoding="utf-8")
    old = text.split('msgid "My devices"\nmsgstr "')[1].split('"')[0]
    new = text.replace(
        f'msgid "My devices"\nmsgstr "{old}"', 'msgid "My devices"\nmsgstr "Telefonat"'
    )

    edon.page.get_by_label("A PO file in this language").set_input_files(
        {"name": "sq.po", "mimeType": "text/plain", "buffer": new.encode()}
    )
    edon.page.get_by_role("button", name="Look what would change").click()

    expect(edon.page.locator("del")).to_have_text(old)
    expect(edon.page.locator("ins")).to_have_text("Telefonat")
    edon.page.get_by_role("button", name="Use this text").click()
    find(edon, "sq", "My devices")
    expect(edon.page.locator("textarea")).to_have_value("Telefonat")


def test_the_workbench_is_there_without_scripts(
    new_phone: NewPhone, edon: Phone, cast: Cast
) -> None:
    plain = new_phone(scripts=False)
    plain.sign_in(cast.edon.token)

    find(plain, "sr-Cyrl", "My devices")
    plain.fill({"form0": "Моји телефони"})
    plain.page.get_by_role("button", name="Save as a draft").click()

    assert plain.page.locator("textarea").input_value() == "Моји телефони"


def test_she_takes_the_pack_out_changes_a_number_and_takes_it_in(edon: Phone) -> None:
    edon.open("/more")
    edon.page.get_by_role("link", name="Content pack").click()
    with edon.page.expect_download() as downloading:
        edon.page.get_by_role("link", name="Save the file").click()
    files = dict(from_zip(downloading.value.path().read_bytes()))
    files["settings.toml"] = files["settings.toml"].replace(b'"194"', b'"038 194"')

    edon.page.get_by_label("A content pack of your pilot (zip)").set_input_files(
        {"name": "xk.zip", "mimeType": "application/zip", "buffer": to_zip(files)}
    )
    edon.page.get_by_role("button", name="Look what would change").click()
    expect(edon.page.locator("ins")).to_contain_text("038 194")
    edon.page.get_by_role("button", name="Make this change").click()
    edon.fill({"name": "Dr Vjosa Krasniqi, midwife"})
    edon.page.get_by_role("button", name="Approve the safety card").click()

    edon.open("/call")
    expect(edon.page.get_by_role("link", name="038 194")).to_be_visible()
    expect(edon.page.get_by_text("approved by Dr Vjosa Krasniqi, midwife")).to_be_visible()


def test_she_writes_down_why_she_says_a_text_in_another_way(edon: Phone) -> None:
    find(edon, "en", "My devices")
    edon.fill({"form0": "My phones"})
    edon.page.get_by_role("button", name="Save as reviewed").click()
    edon.page.get_by_role("link", name="Write down why").click()
    edon.fill({"why": "Nobody here says device."})
    edon.page.get_by_role("button", name="Save").click()

    expect(edon.page.locator("li.card")).to_contain_text("Nobody here says device.")
    expect(edon.page.locator("li.card")).to_contain_text("My devices")
