"""The stored notebooks are read, and not run: nbval runs them (`make test`).

Each check gets a notebook and returns what is wrong with it. Where a check is
intricate, BROKEN has cells that it must reject.
"""

import ast
import inspect
import os
import re

import nbformat
import prose
import pytest
from build_book import ROOT
from nbformat.v4 import new_code_cell as code
from nbformat.v4 import new_markdown_cell as prose_cell
from nbformat.v4 import new_notebook, new_output
from public_names import MODULES, PUBLIC_NAMES, public_definitions

NOTEBOOKS = sorted(ROOT.glob("chapters/*.ipynb"))
STORY = sorted(ROOT.glob("chapters/[01]*.ipynb"))
COLUMNS = 80  # the longest line of code or output
TAUGHT = {  # the rest is layout, or what is taught is put to use
    "engine",
    "nn",
    "gradcheck",
    "compile",
    "train",
    "tensor",
    "graph",
}
NOT_SHOWN = {  # public, but in no notebook, for it is not the subject
    "engine.Value.__getstate__": "how copies are made",
    "engine.describe": "the words of error messages",
    "engine.format_number": "four digits",
    "graph.drawable": "refuses graphs that are too large",
    "graph.edge_labels": "the numbers on edges, for the stepper as well",
    "graph.lines": "how a printed graph is made",
    "graph.nodes": "how a printed graph is made",
    "graph.render_svg": "calls Graphviz",
    "graph.upright": "for narrow screens",
}

# Checks


def code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def text_of(cells):
    return "\n\n".join(c.source for c in cells if c.cell_type == "markdown")


def tags(cell):
    return cell.metadata.get("tags", [])


def every_cell_was_run(nb):
    """The counts are 1, 2, 3...: nbval passes a cell that was never run."""
    counts = [cell.execution_count for cell in code_cells(nb)]
    wanted = list(range(1, len(counts) + 1))
    return [] if counts == wanted else [f"execution counts {counts}"]


def only_wanted_errors(nb):
    found = []
    for cell in code_cells(nb):
        kinds = {output.output_type for output in cell.outputs}
        if ("error" in kinds) != ("raises-exception" in tags(cell)):
            found.append(f"{cell.id}: an error without its tag, or a tag alone")
        if any(output.get("name") == "stderr" for output in cell.outputs):
            found.append(f"{cell.id}: writes to stderr")
    return found


def nbval_compares_everything(nb):
    return [
        f"{cell.id}: hidden from nbval"
        for cell in code_cells(nb)
        if "nbval" in f"{tags(cell)} {cell.source}".lower()
    ]


def pictures_are_svg_and_described(nb):
    """nbval compares no other kind. The alt text is a sentence."""
    found = []
    for cell in code_cells(nb):
        kinds = {kind for o in cell.outputs for kind in o.get("data", {})}
        pictures = {kind for kind in kinds if kind.startswith("image/")}
        if not pictures:
            continue
        if pictures != {"image/svg+xml"}:
            found.append(f"{cell.id}: {sorted(pictures)}")
        told = cell.metadata.get("mystnb", {})
        alt = told.get("image", {}).get("alt", "")
        if len(alt.split()) < 6 or not alt.endswith("."):
            found.append(f"{cell.id}: the alt text is no sentence: {alt!r}")
        caption = told.get("figure", {}).get("caption", "")
        if len(caption.split()) < 4:
            found.append(f"{cell.id}: no caption: {caption!r}")
    return found


def lines_fit_the_page(nb):
    texts = [cell.source for cell in code_cells(nb)]
    for cell in code_cells(nb):
        for output in cell.outputs:
            printed = output.get("data", {}).get("text/plain", "")
            texts.append(output.get("text", printed))
    lines = "\n".join(texts).splitlines()
    return [line for line in lines if len(line) > COLUMNS]


def names_bound_by(node):
    """The names that a piece of syntax gives a new meaning.

    Importing one of ours under its own name does not.
    """
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.arg():
            return {node.arg}
        case ast.Name(ctx=ast.Store()):
            return {node.id}
        case ast.ImportFrom(module=str(name)) if name.startswith("micrograd"):
            return {alias.asname for alias in node.names}
        case ast.Import() | ast.ImportFrom():
            return {alias.asname or alias.name for alias in node.names}
    return set()


def takes_no_name_of_ours(nb):
    """But a reader's own class may have a name that is imported later."""
    found = []
    imported = set()
    for cell in code_cells(nb):
        for node in ast.walk(ast.parse(cell.source)):
            taken = names_bound_by(node) & PUBLIC_NAMES
            if isinstance(node, ast.ClassDef):
                taken &= imported
            if isinstance(node, ast.ImportFrom):
                imported |= {alias.name for alias in node.names}
            for name in taken:
                found.append(f"{cell.id}: {name} is a name of the package")
    return found


def opens_and_closes_as_the_others(nb):
    found = []
    title = nb.cells[0].source.partition("\n\n:::")[0]
    if not re.fullmatch(r"# \d\d \w.*\n\n\*.+\*", title):
        found.append("it does not begin with a number, a title and a subtitle")
    box = text_of(nb.cells[:2]).partition(":::{admonition}")[2]
    for part in ("Question", "you can", "You need", "Time"):
        if part not in box:
            found.append(f"the opening box does not say: {part}")
    ending = re.search(
        r"^## Summary$.*^## Exercises$(.*)^\*\*Next:\*\*(.*)",
        text_of(nb.cells),
        re.DOTALL | re.MULTILINE,
    )
    if not ending or "\n## " in ending[2]:
        return [*found, "it does not end with Summary, Exercises, **Next:**"]
    exercises, question = ending.groups()
    numbers = re.findall(r"^### (\d)\. ", exercises, re.MULTILINE)
    if "".join(numbers) not in ("123", "12345"):
        found.append("it has neither three exercises nor five")
    if "Predict, then run" not in exercises:
        found.append("no exercise asks to predict")
    if "?" not in question:
        found.append("**Next:** asks no question")
    return found


def reads_well_elsewhere(nb):
    """JupyterLab and code hosts know no role that numbers or cites.

    A code host also takes a box for one paragraph where it has no air in it.
    """
    text = text_of(nb.cells)
    roles = re.findall(r"\{(?:numref|cite|ref|term|doc)\S*\}`[^`]*`", text)
    begin = r":::\{(?:admonition|dropdown)\}.*\n(?::class:.*\n|(?!:class:)).+"
    return roles + re.findall(rf"{begin}|.+\n:::$", text, re.MULTILINE)


def tags_are_where_they_belong(nb):
    """An answer stands behind a prediction; a heading cannot be folded."""
    found = []
    for before, cell in zip([prose_cell(), *nb.cells], nb.cells):
        if "answer" in tags(cell):
            if "predict" not in tags(before):
                found.append(f"{cell.id}: answers no prediction")
            if re.search("^#", cell.source, re.MULTILINE):
                found.append(f"{cell.id}: a heading in an answer")
        if "predict" in tags(cell) and not cell.get("outputs"):
            found.append(f"{cell.id}: has nothing to predict")
        if "package" in tags(cell) and "show(" not in cell.source:
            found.append(f"{cell.id}: shows no source of the package")
        if "numbers" in tags(cell) and "print(" not in cell.source:
            found.append(f"{cell.id}: prints no numbers")
    return found


def questions_are_predictions(nb):
    """After a box that asks, the next output is one to predict.

    The package's source may come before, since it is folded, too.
    """
    found = []
    for number, cell in enumerate(nb.cells):
        if "## Exercises" in cell.source:
            break
        if ":::{admonition} Predict, then run" in cell.source:
            with_output = [c for c in nb.cells[number:] if c.get("outputs")]
            shown = [c for c in with_output if "package" not in tags(c)]
            if not shown or "predict" not in tags(shown[0]):
                found.append(f"{cell.id}: what it asks is no prediction")
    return found


CHECKS = [
    every_cell_was_run,
    only_wanted_errors,
    nbval_compares_everything,
    pictures_are_svg_and_described,
    lines_fit_the_page,
    takes_no_name_of_ours,
    reads_well_elsewhere,
    tags_are_where_they_belong,
    questions_are_predictions,
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_notebook(path):
    nb = nbformat.read(path, as_version=4)
    problems = {check.__name__: check(nb) for check in CHECKS}
    assert problems == {check.__name__: [] for check in CHECKS}


@pytest.mark.parametrize("path", STORY, ids=lambda path: path.stem)
def test_notebook_of_the_story_opens_and_closes_as_the_others(path):
    nb = nbformat.read(path, as_version=4)
    assert opens_and_closes_as_the_others(nb) == []


def test_no_picture_has_the_alt_text_of_another():
    cells_with = {}
    for path in NOTEBOOKS:
        for cell in code_cells(nbformat.read(path, as_version=4)):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
            place = f"{path.stem}: {cell.id}"
            if alt:
                cells_with[alt] = [*cells_with.get(alt, []), place]
    twice = [" and ".join(c) for c in cells_with.values() if len(c) > 1]
    assert not twice, "\n".join(twice)


# The intricate checks themselves


def picture(alt="A line that falls from left to right.", kind="image/svg+xml"):
    told = {"image": {"alt": alt}, "figure": {"caption": "A line that falls."}}
    output = new_output("display_data", data={kind: ""})
    return code(outputs=[output], metadata={"mystnb": told})


def box(text):
    return prose_cell(f":::{{admonition}} Predict, then run\n{text}\n:::")


def tagged(tag, source="1"):
    outputs = [new_output("stream", text="1")]
    return code(source, outputs=outputs, metadata={"tags": [tag]})


def answer(text="1."):
    return prose_cell(text, metadata={"tags": ["answer"]})


QUESTION = box(":class: tip\n\nWhat?\n")
BROKEN = [
    (every_cell_was_run, code("1")),
    (only_wanted_errors, code(metadata={"tags": ["raises-exception"]})),
    (nbval_compares_everything, code("# NBVAL_SKIP\n1")),
    (pictures_are_svg_and_described, picture(kind="image/png")),
    (pictures_are_svg_and_described, picture(alt="figure.svg")),
    (takes_no_name_of_ours, code("for MLP in []: pass")),
    (takes_no_name_of_ours, code("def f(show): pass")),
    (takes_no_name_of_ours, code("import os as Neuron")),
    (takes_no_name_of_ours, code("from micrograd import Value as MLP")),
    (
        takes_no_name_of_ours,
        code("from micrograd import MLP\nclass MLP: pass"),
    ),
    (reads_well_elsewhere, prose_cell("as {cite}`a1900` says")),
    (reads_well_elsewhere, box(":class: tip\nWhat?\n")),
    (reads_well_elsewhere, box("\nThis.")),
    (tags_are_where_they_belong, [tagged("predict"), box(""), answer()]),
    (tags_are_where_they_belong, [tagged("predict"), answer("1.\n\n## No")]),
    (tags_are_where_they_belong, code(metadata={"tags": ["predict"]})),
    (tags_are_where_they_belong, tagged("package", "1")),
    (tags_are_where_they_belong, tagged("numbers", "1")),
    (questions_are_predictions, [QUESTION, tagged("other"), tagged("predict")]),
    (questions_are_predictions, QUESTION),
]


def notebook(cells):
    """A notebook of some cells, or of one."""
    return new_notebook(cells=cells if isinstance(cells, list) else [cells])


@pytest.mark.parametrize("check, cells", BROKEN)
def test_check_rejects_broken_cells(check, cells):
    assert check(notebook(cells)) != []


# Every public definition is shown


def without_indentation(source):
    """A method is found within its class, too."""
    return "\n".join(line.strip() for line in source.strip().splitlines())


def missing_from(listings, thing):
    """The names of a definition, or of its methods, that are not there."""
    if f"\n{without_indentation(inspect.getsource(thing))}\n" in listings:
        return []
    methods = [m for m in vars(thing).values() if inspect.isfunction(m)]
    if not methods:
        return [f"{thing.__module__}.{thing.__qualname__}"]
    return [name for m in methods for name in missing_from(listings, m)]


def test_every_public_definition_is_shown():
    listings = "\n".join(
        without_indentation(output.data["text/markdown"])
        for path in NOTEBOOKS
        for cell in code_cells(nbformat.read(path, as_version=4))
        for output in cell.outputs
        if "show(" in cell.source and "text/markdown" in output.get("data", {})
    )
    missing = {
        name.removeprefix("micrograd.")
        for module in MODULES
        if module.__name__.removeprefix("micrograd.") in TAUGHT
        for thing in public_definitions(module).values()
        for name in missing_from(listings, thing)
    }
    assert missing == set(NOT_SHOWN)


# The chapter's summary, and the report on its length


def test_the_engine_and_pytorch_take_the_same_step():
    """The two blocks of 07, run as they stand there."""
    if not os.environ.get("REQUIRE_EVERYTHING"):
        pytest.importorskip("torch")
    text = (ROOT / "chapters/07_summary.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "torch" not in first
    names = {}
    exec(first + second, names)  # noqa: S102 (our own page)
    torch, parameters = names["torch"], names["model"].parameters()
    layers = [(names["W1"], names["b1"]), (names["W2"], names["b2"])]
    data = [torch.column_stack((W, b)).flatten() for W, b in layers]
    grads = [torch.column_stack((W.grad, b.grad)).flatten() for W, b in layers]
    assert len(parameters) == 65
    for ours, theirs in (
        ([names["loss"].data], names["torch_loss"].flatten()),
        ([p.data for p in parameters], torch.cat(data)),
        ([p.grad for p in parameters], torch.cat(grads)),
    ):
        assert ours == pytest.approx(theirs.tolist(), rel=1e-12, abs=1e-12)


def test_the_report_on_prose_has_a_row_for_each_notebook(capsys):
    prose.main()
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows[1:12]] == [p.stem for p in STORY]
