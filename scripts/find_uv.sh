# Sourced by the other scripts, from the root of the checkout: sets $uv and UV_CACHE_DIR.
# shellcheck shell=sh

# Chinese first, English for those whose locale says so, as in the program itself.
say() {
    case "${PACTDESK_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
        en*|EN*|En*) printf '%s\n' "$2" >&2 ;;
        *) printf '%s\n' "$1" >&2 ;;
    esac
}

stop() {
    say "$@"
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Prints the first Python that will do; $PYTHON goes first.
find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# uv keeps its cache in the home folder; where there is none to write to, in the checkout.
choose_uv_cache() {
    [ -n "${UV_CACHE_DIR:-}" ] && return
    for home_cache in "${XDG_CACHE_HOME:-}" "${HOME:+$HOME/.cache}"; do
        case "$home_cache" in /*) ;; *) continue ;; esac
        # The folder above must exist, or root would create a home folder for nobody.
        [ -d "${home_cache%/*}" ] || continue
        mkdir -p "$home_cache/uv" 2>/dev/null && [ -w "$home_cache/uv" ] && return
    done
    UV_CACHE_DIR="$PWD/.cache/uv"
    export UV_CACHE_DIR
}

# Trust what the machine trusts: companies put their proxy's certificate there. uv's own list
# stays in use where the machine has none (both names, for newer and older uv).
trust_this_machine() {
    [ -s /etc/ssl/certs/ca-certificates.crt ] || return 0
    UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true
    export UV_SYSTEM_CERTS UV_NATIVE_TLS
}

# The machine's uv, else the one in .venv, else one from PyPI into .venv.
find_uv() {
    choose_uv_cache
    trust_this_machine
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
        uv=uv
        return
    fi
    uv="$PWD/.venv/bin/uv"
    "$uv" --version >/dev/null 2>&1 && is_new_enough .venv/bin/python && return
    python=$(find_python) || stop \
        "需要 Python 3.11 或更新的版本，本机没有找到；在 Debian 上请安装：apt install python3 python3-venv（Debian 12 或更新）。" \
        "Python 3.11 or newer is needed and was not found; on Debian: apt install python3 python3-venv (Debian 12 or newer)."
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || stop \
        "本机的 $python 缺少 venv 模块；在 Debian 上请安装：apt install python3-venv。" \
        "$python has no venv module; on Debian: apt install python3-venv."
    say "正在从 PyPI 取得 uv……" "Fetching uv from PyPI …"
    "$python" -m venv --clear .venv || stop \
        "无法在 $PWD 建立 .venv；请检查目录是否可写、磁盘是否已满。" \
        ".venv could not be made in $PWD; check that the folder can be written and the disk is not full."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --require-hashes --only-binary :all: -r requirements/uv.txt || stop \
        "没有取得 uv；请检查网络和 pip 的设置后重试。" \
        "uv could not be fetched; check the network and pip's settings, then try again."
}
