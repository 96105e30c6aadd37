#!/bin/sh
# Makes .venv from the lock files, fetches the fonts and what the pages load; does nothing when
# all are there.
# Needs Python 3.11+ with venv and a network, no root, no writable home folder.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."
. scripts/find_uv.sh

stamp=.venv/set-up-from

# What the environment was made from: the locks, the project's metadata, and the place
# (an editable install holds its path, so a moved checkout is set up again).
wanted() {
    cat requirements/*.txt pyproject.toml | sha256sum
    pwd
}

is_up_to_date() {
    [ -f "$stamp" ] && [ -x .venv/bin/python ] && [ "$(cat "$stamp")" = "$(wanted)" ]
}

# Joined by && throughout: `set -e` does not reach into a function that is tried with ||.
make_environment() {
    rm -f "$stamp" &&
        find_uv &&
        make_venv &&
        say "正在按锁定文件安装依赖……" "Installing what the lock files name …" &&
        install_locked &&
        "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . &&
        wanted >"$stamp"
}

make_venv() {
    is_new_enough .venv/bin/python || {
        rm -rf .venv &&
            "$uv" venv --quiet --python "${PYTHON:->=3.11}" .venv
    }
}

# A uv that lives in .venv is part of what is wanted there; one on PATH needs no second.
install_locked() {
    if [ "$uv" = uv ]; then
        set -- requirements/dev.txt requirements/browser.txt
    else
        set -- requirements/dev.txt requirements/browser.txt requirements/uv.txt
    fi
    "$uv" pip sync --python .venv/bin/python --require-hashes \
        --build-constraints requirements/build.txt "$@"
}

is_up_to_date || make_environment || stop \
    "安装没有完成，原因见上；请检查网络、磁盘空间和目录权限后重试（make clean 可从头开始）。" \
    "Set-up did not finish, for the reason above; check network, disk space and folder permissions, then try again (make clean starts afresh)."

# A node from PyPI, if one is needed, comes through the same uv and the same cache.
choose_uv_cache
trust_this_machine
.venv/bin/python -m pactdesk.documents.fonts
.venv/bin/python scripts/vendor_front_end.py
