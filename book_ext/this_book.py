"""Where this book is, and which pages are its own.

A teacher may build the chapter as a part of another book. Then our extensions
run there too, and must leave the pages of that book as they are.
"""

from pathlib import Path

BOOK = Path(__file__).resolve().parent.parent


def source_file(env, docname: str) -> Path:
    """The file that a page is made from."""
    return Path(env.doc2path(docname)).resolve()


def is_ours(env, docname: str) -> bool:
    """Whether a page belongs to this book."""
    return source_file(env, docname).is_relative_to(BOOK)


def is_chapter(env, docname: str) -> bool:
    """Whether a page is the introduction or one of the numbered chapters."""
    file = source_file(env, docname)
    if file.parent == BOOK / "chapters":
        return file.name[:2].isdigit()
    return file == BOOK / "intro.md"
