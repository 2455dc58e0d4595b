"""The notebooks are stored without what a run leaves behind, and run wherever people open them.

That each runs from its own folder is what ``pytest --nbmake notebooks/`` tells; here they are
started in the project's root, and must not warn.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBERS = ["01", "02", "03", "04"]
FROM_ROOT = [path for path in NOTEBOOKS if path.stem[:2] in ("02", "03")]
"""Those that read files of the project; the others read none."""

NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib")
CELL_SECONDS = 60

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def test_all_four_are_there() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == NUMBERS


@every_notebook
def test_a_notebook_is_stored_without_traces(path: Path) -> None:
    book = json.loads(path.read_text("utf-8"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert book["metadata"]["language_info"] == {"name": "python"}
    for cell in book["cells"]:
        assert cell["metadata"] == {}, cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None, cell["id"]


@every_notebook
def test_cells_have_names_that_stay(path: Path) -> None:
    names = [cell["id"] for cell in json.loads(path.read_text("utf-8"))["cells"]]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalnum() and name == name.lower() for name in names)


@every_notebook
def test_a_notebook_links_to_what_is_there(path: Path) -> None:
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            for target in _links("".join(cell["source"])):
                assert (path.parent / target).exists(), f"{cell['id']}: {target}"


@pytest.mark.parametrize("path", FROM_ROOT, ids=[path.stem for path in FROM_ROOT])
def test_a_notebook_runs_from_the_root_without_warnings(path: Path) -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        pytest.skip(
            f"NOT RUN, {path.name}: {', '.join(missing)} not installed; "
            "get them with pip install 'clientvoice[integration]'"
        )
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute()
    told = [output for cell in book.cells for output in _outputs(cell)]
    assert told
    warned = [output["text"] for output in told if output.get("name") == "stderr"]
    assert not [text for text in warned if "Warning" in text]


def _outputs(cell: Any) -> list[Any]:
    return list(cell.get("outputs", []))


def _links(markdown: str) -> list[str]:
    """Return the targets of links to files of the project.

    >>> _links("see [the card](../models/fast/README.md) and [the web](https://example.com)")
    ['../models/fast/README.md']
    """
    targets = [part.split(")")[0] for part in markdown.split("](")[1:]]
    return [target.split("#")[0] for target in targets if "://" not in target]
