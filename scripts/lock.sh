#!/bin/sh
# Rewrites the lock files: exact versions with hashes, for every platform, no registry address.
set -eu
cd "$(dirname "$0")/.."
. scripts/find_uv.sh
find_uv

lock() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
        --python-version 3.11 "$@"
}

lock pyproject.toml -o requirements/runtime.txt
lock --group dev -c requirements/runtime.txt pyproject.toml -o requirements/dev.txt
lock -c requirements/dev.txt requirements/browser.in -o requirements/browser.txt
lock requirements/uv.in -o requirements/uv.txt
lock requirements/node.in -o requirements/node.txt
lock requirements/build.in -o requirements/build.txt
