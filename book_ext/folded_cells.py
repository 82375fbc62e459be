"""Tags of a notebook's cells fold what the reader should not see at once.

- `predict`: the cell's output is folded, and with it the text cell after it,
  if that has the tag `answer`.
- `package`: the cell, which shows source of the package, is folded as a whole.
- `numbers`: so is the cell, which prints the numbers behind a picture.

A fold is a <details>: it needs no script, the browser opens it for a link to
something inside, and print.css opens it on paper.
"""

import json
from html import escape

from docutils import nodes
from sphinx.transforms import SphinxTransform
from this_book import is_ours, source_file

SUMMARIES = {
    "predict": "I have decided: show me",
    "package": "As it is in the package",
    "numbers": "The numbers behind the picture",
}
# Text cells leave no trace of their tags in a page, so the text gets a mark
ANSWER = "::::::{{container}} answer\n\n{}\n\n::::::"


class Fold(nodes.container):
    """What is folded below a summary."""


def visit_fold(self, node):
    self.body.append(self.starttag(node, "details"))
    self.body.append(f"<summary>{escape(node['summary'])}</summary>\n")


def depart_fold(self, node):
    self.body.append("</details>\n")


def mark_answers(app, docname, source):
    if not is_ours(app.env, docname):
        return
    if source_file(app.env, docname).suffix == ".ipynb":
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            if "answer" in cell["metadata"].get("tags", []):
                cell["source"] = ANSWER.format("".join(cell["source"]))
        source[0] = json.dumps(notebook, ensure_ascii=False)


def fold_cells(document: nodes.document):
    """Fold the cells of a page by their tags, in place."""
    for cell in list(document.findall(nodes.container)):
        tags = cell.get("cell_metadata", {}).get("tags", [])
        page, place = cell.parent, cell.parent.index(cell)
        if "predict" in tags:
            parts = result_of(cell, page[place + 1 : place + 2])
            page.insert(place + 1, fold_of("predict", parts))
        for tag in {"package", "numbers"} & set(tags):
            page.remove(cell)
            page.insert(place, fold_of(tag, [cell]))


def result_of(cell: nodes.container, following: list) -> list[nodes.Node]:
    """Take the outputs out of a cell, and the answer out of what follows."""
    outputs = [part for part in cell if is_output(part)]
    answers = [part for part in following if is_answer(part)]
    for part in outputs + answers:
        part.parent.remove(part)
    return [nodes.container("", *outputs, classes=["cell"]), *answers]


def fold_of(tag: str, parts: list[nodes.Node]) -> Fold:
    classes = ["fold", f"fold-{tag}"]
    return Fold("", *parts, summary=SUMMARIES[tag], classes=classes)


def is_output(node: nodes.Element) -> bool:
    return node.get("nb_element") == "cell_code_output"


def is_answer(node: nodes.Element) -> bool:
    return isinstance(node, nodes.container) and "answer" in node["classes"]


class FoldedCells(SphinxTransform):
    default_priority = 800  # when the page has its final text

    def apply(self, **kwargs):
        if is_ours(self.env, self.env.docname):
            fold_cells(self.document)


def setup(app):
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.connect("source-read", mark_answers)
    app.add_transform(FoldedCells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
