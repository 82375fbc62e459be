"""`DATA`: the folder data/ of the book, which notebooks read and write."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
