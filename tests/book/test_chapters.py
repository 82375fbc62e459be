"""The stored notebooks, read and not run: nbval runs them. Each check gets a notebook and returns what is wrong with
it; BROKEN holds a notebook for each of them that it must reject."""

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import micrograd
from micrograd import engine, gradcheck, graph, nn, picture, plot, show, train

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted(ROOT.glob("chapters/*.ipynb"))
MODULES = [
    engine,
    nn,
    gradcheck,
    train,
    graph,
    sys.modules["micrograd.show"],
    picture,
    plot,
]
NOT_SHOWN = {  # the public definitions that no notebook shows, and why the reader is better off
    "picture.Picture": "stores a figure; nothing of the chapter's subject",
    "picture.panels": "layout",
    "plot.plot_check_error": "layout; the numbers that it draws are made in a cell",
    "plot.plot_losses": "layout; the numbers that it draws are made in a cell",
    "plot.plot_separable": "layout; the numbers that it draws are made in a cell",
    "plot.plot_surfaces": "layout; the numbers that it draws are made in a cell",
    "plot.surface": "a model's answers on a grid; the text says so",
    "show.Listing": "a string with another display",
    "show.show": "it would explain itself, before anything else is explained",
}


def own(module):
    """The public functions and classes that a module defines."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and getattr(thing, "__module__", None) == module.__name__
        and callable(thing)
    }


PUBLIC = {
    *micrograd.__all__,
    *(name for module in MODULES for name in own(module)),
}


def code(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def prose(nb):
    return "\n\n".join(
        cell.source for cell in nb.cells if cell.cell_type == "markdown"
    )


def outputs(nb):
    return [(cell, output) for cell in code(nb) for output in cell.outputs]


def every_cell_was_run(nb):
    counts = [cell.execution_count for cell in code(nb)]
    return (
        []
        if counts == list(range(1, len(counts) + 1))
        else [f"execution counts {counts}"]
    )


def only_wanted_errors(nb):
    found = []
    for cell in code(nb):
        failed = any(output.output_type == "error" for output in cell.outputs)
        if failed != ("raises-exception" in cell.metadata.get("tags", [])):
            found.append(
                f"{cell.id}: {'an error, but no' if failed else 'no error, but a'} tag raises-exception"
            )
    return found + [
        f"{cell.id}: writes to stderr"
        for cell, output in outputs(nb)
        if output.get("name") == "stderr"
    ]


def nbval_compares_everything(nb):
    return [
        f"{cell.id}: hidden from nbval"
        for cell in code(nb)
        if re.search(
            "nbval",
            " ".join(cell.metadata.get("tags", [])) + cell.source,
            re.IGNORECASE,
        )
    ]


def pictures_are_svg_and_described(nb):
    found = []
    for cell, output in outputs(nb):
        kinds = {
            kind for kind in output.get("data", {}) if kind.startswith("image/")
        }
        if kinds - {"image/svg+xml"}:
            found.append(f"{cell.id}: {sorted(kinds)}; nbval compares only SVG")
        mystnb = cell.metadata.get("mystnb", {})
        alt, caption = (
            mystnb.get("image", {}).get("alt", ""),
            mystnb.get("figure", {}).get("caption", ""),
        )
        if kinds and (len(alt.split()) < 6 or not alt.endswith(".")):
            found.append(
                f"{cell.id}: the alt text is no sentence that says what is to be seen: {alt!r}"
            )
        if kinds and len(caption.split()) < 4:
            found.append(f"{cell.id}: no caption: {caption!r}")
    return found


def cells_are_short(nb):
    return [
        f"{cell.id}: {cell.source.count(chr(10)) + 1} lines"
        for cell in code(nb)
        if cell.source.count("\n") > 11
    ]


def lines_fit_the_page(nb):
    """100 columns: what a listing has beside the sidebars of a 1,280-pixel window."""
    texts = [cell.source for cell in code(nb)]
    texts += [
        output.get("text", output.get("data", {}).get("text/plain", ""))
        for _, output in outputs(nb)
    ]
    return [
        f"{len(line)} columns: {line}"
        for text in texts
        for line in text.splitlines()
        if len(line) > 100
    ]


def story(nb):
    """The cells up to the one in which the exercises begin."""
    ends = [
        n
        for n, cell in enumerate(nb.cells)
        if "\n## Exercises\n" in cell.source
    ]
    return [
        cell
        for cell in (nb.cells[: ends[0] + 1] if ends else nb.cells)
        if cell.id != "colab"
    ]


def text_and_code_alternate(nb):
    return (
        ["more than two code cells in a row"]
        if "ccc" in "".join(cell.cell_type[0] for cell in nb.cells)
        else []
    )


def length(nb):
    """The words and the code cells of the story."""
    text = "\n".join(
        cell.source for cell in story(nb) if cell.cell_type == "markdown"
    ).split("\n## Exercises\n")[0]
    lines = [
        line for line in text.splitlines() if not re.match(r"\s*:", line)
    ]  # no fences, no options
    text = re.sub(
        r"\$[^$]*\$|\(\[[^\]]*\]\(references\.md\)\)|\]\([^)]*\)|\{\w+\}`[^`]*`|`[^`]*`",
        " ",
        "\n".join(lines),
    )
    return len(re.findall(r"[A-Za-z][\w'’-]*", text)), sum(
        cell.cell_type == "code" for cell in story(nb)
    )


def has_its_length(nb):
    words, cells = length(nb)
    found = (
        []
        if 900 <= words <= 1800
        else [f"{words} words of prose, not 900 to 1,800"]
    )
    return found + (
        [] if 12 <= cells <= 26 else [f"{cells} code cells, not 12 to 26"]
    )


def minutes(nb):
    """As the page for teachers reckons them: 75 words a minute, and a minute for each code cell, to the nearest five."""
    words, cells = length(nb)
    return 5 * round((words / 75 + cells) / 5)


def says_its_minutes(nb):
    return (
        []
        if f"- **Time:** {minutes(nb)} minutes" in prose(nb)
        else [f"it takes {minutes(nb)} minutes"]
    )


def bound(node):
    """The names that a piece of syntax gives a new meaning; importing our own under its own name does not."""
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.arg():
            return {node.arg}
        case ast.Name(ctx=ast.Store()):
            return {node.id}
        case ast.Import() | ast.ImportFrom():
            ours = (getattr(node, "module", "") or "").startswith("micrograd")
            return {
                alias.asname or alias.name
                for alias in node.names
                if alias.asname or not ours
            }
    return set()


def no_name_of_the_package_is_taken(nb):
    found = []
    for cell in code(nb):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            found.append(f"{cell.id}: not plain Python: {error}")
            continue
        found += [
            f"{cell.id}: {name} is a name of the package"
            for node in ast.walk(tree)
            for name in bound(node) & PUBLIC
        ]
    return found


def opens_and_closes_as_the_others(nb):
    text = prose(nb)
    opening = "\n".join(cell.source for cell in nb.cells[:2])
    found = [
        f"the opening box does not say: {word}"
        for word in ("Question", "you can", "You need", "Time")
        if not re.search(rf":::\{{admonition\}}.*{word}", opening, re.DOTALL)
    ]
    if not re.match(
        r"# 0\d \w.*\n\n\*.+\*$", nb.cells[0].source.partition("\n\n:::")[0]
    ):
        found.append(
            "the first cell is not the number and the title, with a line below"
        )
    closing = re.search(
        r"^## Summary$(.*)^## Exercises$(.*)^\*\*Next:\*\*(.*)",
        text,
        re.DOTALL | re.MULTILINE,
    )
    if not closing or re.search(r"^## ", closing[3], re.MULTILINE):
        return found + ["it does not end with Summary, Exercises and **Next:**"]
    if (
        re.findall(r"^### (\d)\. ", closing[2], re.MULTILINE) != ["1", "2", "3"]
        or "Predict, then run" not in closing[2]
    ):
        found.append("not three exercises, or none of them to predict")
    return found + ([] if "?" in closing[3] else ["**Next:** asks no question"])


def reads_well_elsewhere(nb):
    """JupyterLab knows no citation and no number of a figure, and a code host takes a box for one paragraph without
    the air in it. (book_ext/links.py makes numbers and citations of the links.)"""
    text = prose(nb)
    found = re.findall(r"\{(?:numref|cite|ref|term|doc)\S*\}`[^`]*`", text)
    return found + re.findall(
        r":::\{(?:admonition|dropdown)\}.*\n(?::class:.*\n|(?!:class:)).+|.+\n:::$",
        text,
        re.MULTILINE,
    )


def metadata_is_stable(nb):
    wanted = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    found = (
        []
        if nb.metadata == wanted
        else ["an editor has left its metadata; `make notebooks` takes it out"]
    )
    found += [
        f"{cell.id}: metadata {sorted(cell.metadata)}"
        for cell in nb.cells
        if not set(cell.metadata) <= {"tags", "mystnb"}
    ]
    return found + (
        []
        if len({cell.id for cell in nb.cells}) == len(nb.cells)
        else ["an id is there twice"]
    )


CHECKS = [
    every_cell_was_run,
    only_wanted_errors,
    nbval_compares_everything,
    pictures_are_svg_and_described,
    cells_are_short,
    lines_fit_the_page,
    text_and_code_alternate,
    has_its_length,
    says_its_minutes,
    no_name_of_the_package_is_taken,
    opens_and_closes_as_the_others,
    reads_well_elsewhere,
    metadata_is_stable,
]


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, check):
    assert check(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("page", ["intro.md", "chapters/teach.md"])
def test_the_tables_have_the_minutes_of_the_notebooks(page):
    rows = re.findall(
        r"^\| \[.*\((?:chapters/)?(\w+)\.ipynb\) \|.*?\b(\d+) \|",
        (ROOT / page).read_text(),
        re.MULTILINE,
    )
    assert rows == [
        (path.stem, str(minutes(nbformat.read(path, as_version=4))))
        for path in NOTEBOOKS
    ]


def test_the_table_for_teachers_adds_its_minutes_up():
    *rows, total = [
        tuple(map(int, row))
        for row in re.findall(
            r"^\| .*?\| (\d+) \| (\d+) \|",
            (ROOT / "chapters/teach.md").read_text(),
            re.MULTILINE,
        )
    ]
    assert len(rows) == len(NOTEBOOKS) and total == tuple(map(sum, zip(*rows)))


def shown(nbs):
    """The stored listings of all notebooks, without indentation, so that a method is found in its class too."""
    return "\n".join(
        unindented(output.data["text/markdown"])
        for nb in nbs
        for cell, output in outputs(nb)
        if "show(" in cell.source and "text/markdown" in output.get("data", {})
    )


def unindented(source):
    return "\n".join(line.strip() for line in source.strip().splitlines())


def not_shown(nbs):
    listings = shown(nbs)

    def is_shown(thing):
        return (
            f"\n{unindented(inspect.getsource(thing))}\n" in f"\n{listings}\n"
        )

    missing = []
    for module in MODULES:
        for name, thing in own(module).items():
            methods = (
                [
                    m
                    for m in vars(thing).values()
                    if inspect.isfunction(m)
                    and m.__module__ == module.__name__
                    and "\n" in inspect.getsource(thing)
                ]
                if inspect.isclass(thing)
                else []
            )
            if not (is_shown(thing) or methods and all(map(is_shown, methods))):
                missing.append(
                    f"{module.__name__.removeprefix('micrograd.')}.{name}"
                )
    return missing


def test_every_public_definition_is_shown():
    missing = set(
        not_shown([nbformat.read(path, as_version=4) for path in NOTEBOOKS])
    )
    assert missing == set(NOT_SHOWN)


# The checks themselves: a notebook in which nothing is wrong, and what each check must find.

OPENING = """# 01 A title

*And a line below.*

:::{admonition} In this notebook

- **Question:** what?
- **Afterwards you can** do it.
- **You need** nothing.
- **Time:** 30 minutes.

:::
"""
CLOSING = "## Summary\n\n- a\n\n## Exercises\n\n### 1. Predict, then run\n### 2. b\n### 3. c\n\n**Next:** what now?"
SVG = {"image/svg+xml": "<svg/>", "text/plain": "a picture"}
DESCRIBED = {
    "image": {"alt": "A line that falls from left to right."},
    "figure": {"caption": "A line and its end."},
}


def good():
    cells = [nbformat.v4.new_markdown_cell(OPENING)]
    for n in range(1, 13):
        cells += [
            nbformat.v4.new_code_cell(f"print({n})", execution_count=n),
            nbformat.v4.new_markdown_cell("word " * 100),
        ]
    cells[1].outputs = [
        nbformat.v4.new_output("execute_result", data=SVG, execution_count=1)
    ]
    cells[1].metadata["mystnb"] = nbformat.from_dict(DESCRIBED)
    metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    return nbformat.v4.new_notebook(
        cells=[*cells, nbformat.v4.new_markdown_cell(CLOSING)],
        metadata=nbformat.from_dict(metadata),
    )


def source(text, at=1):
    return lambda nb: nb.cells[at].update(source=text)


def output(kind, **rest):
    return lambda nb: nb.cells[3].outputs.append(
        nbformat.v4.new_output(kind, **rest)
    )


def error():
    return output("error", ename="E", evalue="", traceback=[])


def described(part, **words):
    return lambda nb: nb.cells[1].metadata.mystnb[part].update(words)


BROKEN = [
    (every_cell_was_run, lambda nb: nb.cells[1].update(execution_count=None)),
    (every_cell_was_run, lambda nb: nb.cells[3].update(execution_count=5)),
    (only_wanted_errors, error()),
    (
        only_wanted_errors,
        lambda nb: nb.cells[3].metadata.update(tags=["raises-exception"]),
    ),
    (only_wanted_errors, output("stream", name="stderr", text="a warning")),
    (
        nbval_compares_everything,
        lambda nb: nb.cells[3].metadata.update(tags=["nbval-ignore-output"]),
    ),
    (nbval_compares_everything, source("# NBVAL_SKIP\n1")),
    (
        pictures_are_svg_and_described,
        output("display_data", data={"image/png": ""}),
    ),
    (pictures_are_svg_and_described, output("display_data", data=SVG)),
    (pictures_are_svg_and_described, described("image", alt="figure.svg")),
    (pictures_are_svg_and_described, described("figure", caption="")),
    (cells_are_short, source("\n".join("x" * 13))),
    (lines_fit_the_page, source("x" * 101)),
    (lines_fit_the_page, output("stream", name="stdout", text="x" * 101)),
    (text_and_code_alternate, lambda nb: nb.cells.__delitem__(slice(2, 5, 2))),
    (has_its_length, lambda nb: nb.cells.pop(1)),
    (has_its_length, lambda nb: nb.cells[2].update(source="word " * 1000)),
    (
        has_its_length,
        lambda nb: [
            cell.update(source="`code` $x$") for cell in nb.cells[2::2]
        ],
    ),
    (says_its_minutes, source(OPENING.replace("30 min", "10 min"), at=0)),
    *[
        (no_name_of_the_package_is_taken, source(text))
        for text in (
            "class Value: pass",
            "def show(): pass",
            "def f(print_graph): pass",
            "MLP = 1",
            "for Layer in []: pass",
            "from other import Value",
            "import os as Neuron",
            "from micrograd import Value as MLP",
            "%matplotlib inline",
            "x = [Value for Value in []]",
            "(as_value := 2)",
        )
    ],
    (
        opens_and_closes_as_the_others,
        source("# 01 A title\n\n*and no box*", at=0),
    ),
    (
        opens_and_closes_as_the_others,
        source(OPENING.replace("Question", "Answer"), at=0),
    ),
    (
        opens_and_closes_as_the_others,
        source(OPENING.replace("# 01", "#"), at=0),
    ),
    (
        opens_and_closes_as_the_others,
        source(CLOSING.replace("### 3. c", ""), at=-1),
    ),
    (opens_and_closes_as_the_others, source(CLOSING.replace("?", "."), at=-1)),
    (
        opens_and_closes_as_the_others,
        source(CLOSING.replace("## Summary", "## Sum"), at=-1),
    ),
    (reads_well_elsewhere, source("as {numref}`fig-a` shows", at=2)),
    (reads_well_elsewhere, source("as they say {cite}`a1900`", at=2)),
    (
        reads_well_elsewhere,
        source(
            ":::{admonition} Predict, then run\n:class: tip\nWhat?\n\n:::", at=2
        ),
    ),
    (reads_well_elsewhere, source(":::{dropdown} Hint\n\nThis.\n:::", at=2)),
    (
        metadata_is_stable,
        lambda nb: nb.metadata.language_info.update(version="3.11.0"),
    ),
    (metadata_is_stable, lambda nb: nb.cells[1].metadata.update(execution={})),
    (metadata_is_stable, lambda nb: nb.cells[1].update(id=nb.cells[0].id)),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_check_accepts_a_good_notebook(check):
    assert check(good()) == []


@pytest.mark.parametrize(
    "check, damage", BROKEN, ids=[check.__name__ for check, _ in BROKEN]
)
def test_check_rejects_a_broken_notebook(check, damage):
    nb = good()
    damage(nb)
    assert check(nb) != []


def test_every_check_has_a_broken_notebook():
    assert {check for check, _ in BROKEN} == set(CHECKS)


def test_names_imported_from_the_package_are_not_taken():
    nb = good()
    nb.cells[
        1
    ].source = "from micrograd import Value, show\nfrom micrograd import engine as e\nx = Value(1)"
    assert no_name_of_the_package_is_taken(nb) == []


def test_a_definition_counts_as_shown_by_itself_or_within_its_class():
    def listing(*things):
        nb = good()
        nb.cells[1].source = "show(...)"
        data = {"text/markdown": show(*things)._repr_markdown_()}
        nb.cells[1].outputs = [
            nbformat.v4.new_output(
                "execute_result", data=nbformat.from_dict(data)
            )
        ]
        return [nb]

    everything = not_shown([])
    assert (
        "engine.Value" in everything
        and "nn.MLP" in everything
        and "gradcheck.relative_error" in everything
    )
    assert set(everything) - set(not_shown(listing(engine.as_value))) == {
        "engine.as_value"
    }
    assert set(everything) - set(not_shown(listing(engine.Value))) == {
        "engine.Value"
    }
    methods = [
        method
        for method in vars(engine.Value).values()
        if inspect.isfunction(method)
    ]
    assert set(everything) - set(not_shown(listing(*methods))) == {
        "engine.Value"
    }
    assert not_shown(listing(*methods[1:])) == everything


# scripts/notebooks.py, which writes them


def notebooks(*arguments, **environment):
    return subprocess.run(
        [sys.executable, ROOT / "scripts/notebooks.py", *arguments],
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
        env={**os.environ, **environment},
    )


class TestRunsAgain:  # a class, so that these slow tests can have a process of their own
    @pytest.mark.parametrize("seed, cwd", [("1", "."), ("2", "chapters")])
    def test_another_run_gives_the_stored_bytes(self, seed, cwd):
        run = notebooks("--check", "--cwd", ROOT / cwd, PYTHONHASHSEED=seed)
        assert run.returncode == 0, run.stdout + run.stderr
        assert run.stdout.count("as stored") == len(NOTEBOOKS)

    def test_writes_one_stable_form(self, tmp_path):
        nb = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell(
                    "print(1)\nprint(2)",
                    metadata={
                        "tags": ["kept"],
                        "execution": {"iopub.status.busy": "2026"},
                    },
                ),
                nbformat.v4.new_code_cell(
                    "raise ValueError('wanted')",
                    metadata={"tags": ["raises-exception"]},
                ),
            ]
        )
        path = tmp_path / "a.ipynb"
        nbformat.write(nb, path)
        assert notebooks("--check", path).returncode == 1
        assert notebooks(path).returncode == 0
        stored = path.read_bytes()
        assert notebooks("--check", path).returncode == 0
        assert path.read_bytes() == stored and stored.endswith(b"}\n")
        found = nbformat.read(path, as_version=4)
        assert (
            found.cells[0].metadata == {"tags": ["kept"]}
            and found.cells[0].id == nb.cells[0].id
        )
        assert found.cells[1].outputs[0].traceback == ["ValueError: wanted"]
        assert every_cell_was_run(found) == metadata_is_stable(found) == []

    def test_a_failing_cell_is_named_and_nothing_is_written(self, tmp_path):
        path = tmp_path / "a.ipynb"
        nbformat.write(
            nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell("1 / 0  # here")]
            ),
            path,
        )
        before = path.read_bytes()
        run = notebooks(path)
        assert (
            run.returncode == 1
            and path.read_bytes() == before
            and list(tmp_path.iterdir()) == [path]
        )
        assert (
            "a.ipynb" in run.stderr
            and "1 / 0  # here" in run.stderr
            and "ZeroDivisionError" in run.stderr
        )
