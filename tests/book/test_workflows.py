"""What runs by itself is pinned, may do little, and covers every system.

No test here can run a workflow: they read its file, as zizmor does in
`make lint`.
"""

import re
import subprocess
import tomllib
from textwrap import dedent

import pytest
import yaml
from build_book import ROOT

FOLDER = ROOT / ".github/workflows"
TEXTS = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.yml")}
WORKFLOWS = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
ON = True  # so YAML reads the key `on`
JOBS = {
    f"{name}: {job}": rules
    for name, workflow in WORKFLOWS.items()
    for job, rules in workflow["jobs"].items()
}
PINNED = re.compile(r"([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")


def test_actions_are_pinned_by_digest_and_say_their_version():
    named = re.findall(r"uses: *(.*)", "\n".join(TEXTS.values()))
    assert len(named) >= 10
    pinned = {PINNED.fullmatch(action) for action in named}
    assert None not in pinned
    # all jobs have the same version of an action
    assert len({match[0] for match in pinned}) == len({m[1] for m in pinned})


def test_a_job_may_read_the_files_and_only_publishing_may_more():
    may = {name: job["permissions"] for name, job in JOBS.items()}
    assert may.pop("test: publish") == {"pages": "write", "id-token": "write"}
    assert set(map(str, may.values())) == {"{'contents': 'read'}"}
    assert [w["permissions"] for w in WORKFLOWS.values()] == [{}, {}]


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_ends_in_time_and_keeps_no_password(job):
    assert job["timeout-minutes"] < 360  # where GitHub itself ends it
    for step in job["steps"]:
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_a_new_commit_of_a_proposal_ends_the_run_of_the_last():
    assert {"push", "pull_request"} <= WORKFLOWS["test"][ON].keys()
    cancel = WORKFLOWS["test"]["concurrency"]["cancel-in-progress"]
    assert "github.event_name == 'pull_request'" in cancel


def test_every_python_that_is_supported_runs_on_three_systems():
    matrix = JOBS["test: package"]["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    about = "\n".join(project["project"]["classifiers"])
    assert matrix["python"] == re.findall(r"Python :: (3\.\d+)", about)
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert matrix["python"][0] == oldest and len(matrix["python"]) >= 4
    systems = [name.removesuffix("-latest") for name in matrix["system"]]
    assert systems == ["ubuntu", "macos", "windows"]


def test_the_commands_for_those_without_make_are_those_that_run():
    intro = (ROOT / "intro.md").read_text("utf-8")
    blocks = re.findall(r"^ *```text\n(.*?)```", intro, re.DOTALL | re.M)
    commands = [line for block in blocks for line in dedent(block).splitlines()]
    commands.remove(r".venv\Scripts\activate")  # a step does the same
    commands.remove("jupyter lab my_copy/00_descent.ipynb")  # never ends
    steps = JOBS["test: package"]["steps"]
    plain = [step["run"] for step in steps if step.keys() == {"run"}]
    assert plain == commands and len(commands) >= 8
    (activate,) = [step["run"] for step in steps if "shell" in step]
    assert ".venv/Scripts" in activate and ".venv/bin" in activate


def runs(job):
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_everything_runs_once_before_the_book_is_published():
    assert runs("test: everything") == ["bash .ci/run"]
    publish = JOBS["test: publish"]
    assert set(publish["needs"]) == WORKFLOWS["test"]["jobs"].keys() - {
        "publish"
    }
    assert "github.ref == 'refs/heads/main'" in publish["if"]
    ci = (ROOT / ".ci/run").read_text("utf-8")
    for command in ("lint", "browser", "test", "book"):
        assert f"\nmake {command}\n" in ci


def told(command):
    """What make would do, and how."""
    make = ["make", "--dry-run", "--always-make", "--no-print-directory"]
    return subprocess.check_output([*make, command], cwd=ROOT, encoding="utf-8")


def test_mutants_and_vulnerabilities_are_looked_for_every_week():
    (trigger,) = WORKFLOWS["weekly"][ON]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", trigger["cron"])
    assert runs("weekly: mutants") == ["make mutants"]
    assert runs("weekly: audit") == ["make audit"]


def test_an_audit_looks_up_every_lock_or_fails():
    _, *words = told("audit").splitlines()[-1].split()
    # --strict: a package that cannot be looked up is no good news
    options = {"--strict", "--require-hashes", "--disable-pip"}
    assert options <= set(words)
    looked_up = [word[2:] for word in words if re.match("-r[a-z]", word)]
    locks = [path.name for path in ROOT.glob("requirements/*.txt")]
    expected = {"requirements.txt", *(f"requirements/{name}" for name in locks)}
    assert set(looked_up) == expected


def test_zizmor_reads_the_workflows_before_every_commit():
    assert "zizmor --offline" in told("lint")


def test_updates_are_proposed_monthly_and_never_jupyter_book_2():
    text = (ROOT / ".github/dependabot.yml").read_text("utf-8")
    updates = yaml.safe_load(text)["updates"]
    kinds = {update.pop("package-ecosystem"): update for update in updates}
    assert kinds.keys() == {"pip", "npm", "github-actions"}
    for update in kinds.values():
        assert update["schedule"] == {"interval": "monthly"}
        assert update["cooldown"]["default-days"] >= 7
        assert [group["patterns"] for group in update["groups"].values()] == [
            ["*"]
        ]
    assert kinds["pip"]["directories"] == ["/", "/requirements"]
    assert (ROOT / kinds["npm"]["directory"][1:] / "package.json").exists()
    ignored = {
        rule["dependency-name"]: rule["versions"]
        for kind in ("pip", "npm")
        for rule in kinds[kind]["ignore"]
    }
    assert ignored["jupyter-book"] == [">=2"]
    assert ignored["pyodide"] == [">=0.28"]
