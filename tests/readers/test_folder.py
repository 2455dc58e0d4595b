import os
import sys
from pathlib import Path

import pytest

from clientvoice.readers.folder import Found, display_name, find_files
from clientvoice.readers.limits import Limits


def names(paths, root, **options):
    """The files found, and the codes of what was not, by path below the root."""
    found, codes = [], {}
    for item in find_files(paths, **options):
        name = item.name if isinstance(item, Found) else item.id
        short = Path(name).relative_to(root).as_posix()
        if isinstance(item, Found):
            found.append(short)
        else:
            codes[short] = item.code
    return found, codes


@pytest.fixture
def folder(tmp_path):
    for name in [
        "b.eml",
        "a/z.html",
        "a/y/x.md",
        "a/b.TXT",
        "c.mbox",
        "notes.log",
        ".hidden.eml",
        ".git/a.eml",
    ]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("We ring you first.")
    return tmp_path


def test_folders_are_searched_in_the_order_of_names(folder):
    found, codes = names([folder], folder)
    assert found == ["a/b.TXT", "a/y/x.md", "a/z.html", "b.eml", "c.mbox"]
    assert codes == {
        ".git": "skipped_hidden",
        ".hidden.eml": "skipped_hidden",
        "notes.log": "skipped_unknown",
    }


def test_what_is_named_outright_is_read(folder):
    found, codes = names([folder / "notes.log", folder / ".hidden.eml", folder / ".git"], folder)
    assert found == ["notes.log", ".hidden.eml", ".git/a.eml"]
    assert codes == {}


def test_nothing_comes_twice(folder):
    found, _ = names([folder / "a", folder, folder / "b.eml", folder / "a" / ".." / "b.eml"], folder)
    assert sorted(found) == sorted(set(found))
    assert len(found) == 5


def test_a_file_skipped_in_its_folder_can_still_be_named(folder):
    found, _ = names([folder, folder / "notes.log"], folder)
    assert found[-1] == "notes.log"


def test_missing_paths_are_reported_and_the_rest_is_read(folder):
    items = list(find_files([folder / "none", folder / "b.eml", Path("a\0b")]))
    assert [getattr(item, "code", "found") for item in items] == ["not_found", "found", "unreadable"]
    assert "no such file" in items[0].text


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_links_are_not_followed_out_of_the_folder_or_round_in_circles(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.eml").write_text("secret")
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "a" / "self").symlink_to(folder / "a" / "self")
    (folder / "a" / "out").symlink_to(outside)
    (folder / "a" / "out.eml").symlink_to(outside / "secret.eml")
    (folder / "a" / "dead.eml").symlink_to(folder / "none.eml")
    (folder / "a" / "again.eml").symlink_to(folder / "b.eml")
    found, codes = names([folder], folder)
    assert found == ["a/b.TXT", "a/y/x.md", "a/z.html", "b.eml", "c.mbox"]
    skipped = {name for name, code in codes.items() if code == "skipped_link"}
    assert skipped == {"a/out", "a/out.eml", "a/dead.eml", "a/self"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_linked_folder_that_is_named_outright_is_searched(folder, tmp_path_factory):
    link = tmp_path_factory.mktemp("links") / "mail"
    link.symlink_to(folder)
    assert len([item for item in find_files([link]) if isinstance(item, Found)]) == 5


def test_depth_is_bounded(folder):
    found, codes = names([folder], folder, limits=Limits(max_depth=2))
    assert "a/y/x.md" not in found
    assert codes["a/y"] == "too_deep"


def test_a_folder_that_cannot_be_listed_is_reported(folder, monkeypatch):
    listed = Path.iterdir

    def refuse(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found, codes = names([folder], folder)
    assert found == ["b.eml", "c.mbox"]
    assert codes["a"] == "unreadable"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs file names that are no Unicode")
def test_names_are_safe_to_print_and_write(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9\x1b[31m\n.eml")).write_text("x")
    (item,) = find_files([tmp_path])
    assert item.name.endswith(r"caf\xe9\x1b[31m\x0a.eml")
    assert item.path.exists()
    item.name.encode()


def test_display_name_keeps_ordinary_names():
    assert display_name(Path("mail/Größe 1, März.eml")) == "mail/Größe 1, März.eml"
