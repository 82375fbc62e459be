#!/bin/sh
# Write the locks anew from requirements/*.in, and the list of all licences:
# `make lock` does it.
#
# A lock pins each package with its hashes. Versions that are in it already
# stay, so delete a lock first where you want the newest ones. The locks of the
# levels hold only what they add to requirements.txt; those of the last loop are for
# environments of their own, and so hold all that they need.
set -eu
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip --disable-pip-version-check -qq install uv==0.13.9 pip==26.3

# --no-strip-extras: before version 23.3, pip needs the extras in a lock, too.
lock() { # lock INPUT OUTPUT [OPTION...]
  input=$1 output=$2
  shift 2
  "$tools/bin/uv" pip compile "$input" -q -o "$output" --universal \
    --no-strip-extras \
    --python-version 3.11 --generate-hashes --no-header "$@"
}

lock requirements/run.in requirements.txt
for name in book test browser mutants; do
  # shellcheck disable=SC2046  # one option for each package of requirements.txt
  lock "requirements/$name.in" "requirements/$name.txt" \
    $(sed -n 's/^\([a-z0-9.-]*\)\(\[.*\]\)\{0,1\}==.*/--no-emit-package=\1/p' requirements.txt)
done
for name in node audit elsewhere; do
  lock "requirements/$name.in" "requirements/$name.txt"
done

PYTHONPATH=. "$tools/bin/python" scripts/list_licences.py
