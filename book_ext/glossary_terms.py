"""Find the terms of the glossary in a text."""

import re

from docutils import nodes
from this_book import BOOK

GLOSSARY_FILE = BOOK / "chapters/glossary.md"
GLOSSARY = GLOSSARY_FILE.read_text(encoding="utf-8")
TERMS = re.findall(r"^([^\s:].*)\n  ", GLOSSARY, re.MULTILINE)
LONGEST_FIRST = sorted(TERMS, key=len, reverse=True)  # "inner node", "node"


def singular_or_plural(term: str) -> str:
    """A pattern for a term, whose match is a group."""
    if term.endswith("leaf"):
        return f"({re.escape(term[:-1])}(?:f|ves))"
    return f"({re.escape(term)}(?:e?s)?)"


ONE_OF_THEM = "|".join(map(singular_or_plural, LONGEST_FIRST))
ANY_TERM = re.compile(rf"(?<![\w-])(?:{ONE_OF_THEM})(?![\w-])", re.IGNORECASE)


def term_of(match: re.Match) -> str:
    """The term as the glossary has it."""
    return LONGEST_FIRST[match.lastindex - 1]


def is_inside(node: nodes.Node, kinds: tuple) -> bool:
    """Whether a node is in a node of one of these kinds."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False
