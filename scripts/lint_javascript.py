"""Look at the format and the style of the pages' scripts: `make lint` does it.

An output puts several files together into one script, in which each uses names
of those before it. So oxlint gets the scripts of the outputs, not the files.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from micrograd import Value
from micrograd.practice import (
    animate_backward,
    be_backward,
    drill,
    play_descent,
    play_line,
    play_xor,
    quiz,
)

ROOT = Path(__file__).resolve().parents[1]
LIVE = ROOT / "book_ext/live"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def shipped() -> dict[str, str]:
    """Return each script by name: of outputs, and of a page that is live."""
    node = Value(2.0) * 3
    outputs = {
        "stepper": animate_backward(node),
        "be_backward": be_backward(node),
        "drill": drill(),
        "descent": play_descent(),
        "line": play_line(),
        "xor": play_xor(),
        "quiz": quiz("01"),
    }
    scripts = {
        name: "\n".join(SCRIPT.findall(output._repr_html_()))
        for name, output in outputs.items()
    }
    for path in LIVE.glob("*.js"):
        scripts[f"live_{path.stem}"] = path.read_text("utf-8")
    return scripts


def main() -> int:
    """Return 1 if oxfmt or oxlint finds something, and else 0."""
    tools = Path(sys.executable).parent
    if not (which("oxfmt", path=tools) and which("oxlint", path=tools)):
        print("The scripts were not looked at: no oxfmt or no oxlint here.")
        return int("REQUIRE_EVERYTHING" in os.environ)
    files = "micrograd/practice/*/*.js", "book_ext/live/*.js"
    check = [tools / "oxfmt", "-c", ".oxfmtrc.json", "--check", *files]
    is_formatted = subprocess.run(check, cwd=ROOT).returncode == 0
    with TemporaryDirectory() as folder:
        for name, script in shipped().items():
            (Path(folder) / f"{name}.js").write_text(
                script, "utf-8", newline="\n"
            )
        config = ROOT / ".oxlintrc.json"
        lint = [tools / "oxlint", "-c", config, "--deny-warnings", "."]
        is_clean = subprocess.run(lint, cwd=folder).returncode == 0
    return 0 if is_formatted and is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
