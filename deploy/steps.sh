# The steps that turn a fresh clone into something that runs: Python packages, Node packages, the built app. Read by deploy/run and
# tests/run, which set $root first; POSIX sh. Every step is skipped when what it depends on has not changed since it last succeeded.

no_colours() {
    NO_COLOR=1
    export NO_COLOR
    unset FORCE_COLOR CLICOLOR_FORCE
}

venv=$root/.venv
cache=$root/.cache
log=$cache/last-step.log
started=$(date +%s)

# Whoever runs this may have no home directory, or one that can't be written to: what tools keep goes into the project.
npm_config_cache=$cache/npm
npm_config_loglevel=error
npm_config_update_notifier=false
PIP_DISABLE_PIP_VERSION_CHECK=1
PIP_NO_INPUT=1
PLAYWRIGHT_BROWSERS_PATH=${PLAYWRIGHT_BROWSERS_PATH:-$cache/browsers}
# (Debian keeps runuser, which starts PostgreSQL for the tests, where only root looks.)
PATH=$venv/bin:$PATH:/usr/sbin:/sbin
export npm_config_cache npm_config_loglevel npm_config_update_notifier PIP_DISABLE_PIP_VERSION_CHECK PIP_NO_INPUT \
    PLAYWRIGHT_BROWSERS_PATH PATH
# (A machine that keeps nothing compiled would compile everything again for every process the tests start.)
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PYTHONDONTWRITEBYTECODE
# What is kept in a file is read by people.
[ -t 1 ] || no_colours

say() {
    printf '[%4d s] %s\n' "$(($(date +%s) - started))" "$*"
}

# give_up "What is wrong." "What to do." …
give_up() {
    printf '\n' >&2
    for line in "$@"; do printf '%s\n' "$line" >&2; done
    exit 1
}

heartbeat=
stop_heartbeat() {
    [ -z "$heartbeat" ] || kill "$heartbeat" 2>/dev/null || :
    heartbeat=
}
trap stop_heartbeat EXIT
trap 'stop_heartbeat; exit 130' INT
trap 'stop_heartbeat; exit 143' TERM

# step "What it does" command…: says it, runs it with its output kept aside, says every ten seconds that it is still at it, and when
# it fails says why in plain words. `download` is a step that needs the network.
step() {
    is_download=
    take_step "$@"
}

download() {
    is_download=yes
    take_step "$@"
}

take_step() {
    what=$1
    shift
    say "$what"
    mkdir -p "$cache"
    (
        while sleep 10 >/dev/null 2>&1; do say "  … still at it"; done
    ) &
    heartbeat=$!
    failed=0
    (no_colours && "$@") >"$log" 2>&1 || failed=$?
    stop_heartbeat
    [ "$failed" -eq 0 ] && return 0
    explain "$what" "$failed"
}

explain() {
    printf '\n%s failed. The last lines of %s:\n\n' "$1" "$log" >&2
    tail -n 15 "$log" >&2
    if grep -qiE 'no space left|ENOSPC' "$log"; then
        give_up "The disk is full. Free about 1 GB and run this again."
    elif grep -qE 'Read-only file system|Permission denied|EACCES|EROFS' "$log"; then
        give_up "A file could not be written. Does this folder belong to you? $root"
    elif [ -z "$is_download" ]; then
        exit "$2"
    elif grep -qiE 'certificate verify failed|self.signed certificate|unable to get local issuer' "$log"; then
        give_up "The network's certificate is not trusted." \
            "Set PIP_CERT and NODE_EXTRA_CA_CERTS to the file with your network's certificate and run this again."
    elif grep -qE 'DO NOT MATCH THE HASHES|EINTEGRITY' "$log"; then
        give_up "A downloaded package is not the one that was tested." \
            "Your package mirror may be stale or altered: try another one (PIP_INDEX_URL, npm_config_registry)."
    elif grep -qE 'NewConnectionError|NameResolution|[Cc]onnection broken|Temporary failure|[Tt]imed? ?out|ProxyError|ENOTFOUND|EAI_AGAIN|ECONNRE|unreachable|No matching distribution' "$log"; then
        give_up "The packages could not be downloaded: there is no network, or it needs a proxy or a nearer mirror." \
            "Set HTTPS_PROXY, or PIP_INDEX_URL and npm_config_registry, and run this again: what was done is kept."
    fi
    exit "$2"
}

# One sum over the files named on standard input, in any order (names in this repository hold no spaces).
sum_of() {
    LC_ALL=C sort | xargs cksum | cksum
}

is_current() {
    [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]
}

find_python() {
    too_old=
    for candidate in ${ROUNDSMAN_PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        found=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2], sys.version_info >= (3, 11))' 2>/dev/null) || continue
        case $found in
            *True) python=$candidate && return 0 ;;
            *) too_old="$candidate is Python ${found%% *}" ;;
        esac
    done
    give_up "Roundsman needs Python 3.11 or newer${too_old:+ ($too_old)}." \
        "Install it (Debian, Ubuntu: apt install python3 python3-venv), or name one: ROUNDSMAN_PYTHON=/path/to/python3.12 sh deploy/run"
}

has_pip() {
    "$venv/bin/python" -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)' 2>/dev/null
}

make_venv() {
    # Its programs hold the folder's full path: after the project was moved they have to be made again.
    if [ -f "$venv/.made-for" ] && [ "$(cat "$venv/.made-for")" != "$root" ]; then
        say "The project was moved: making its Python environment again"
        rm -rf "$venv"
    fi
    if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! has_pip; then
        find_python
        rm -rf "$venv"
        if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            step "Making a Python environment in .venv" "$python" -m venv "$venv"
        elif ! "$python" -c 'import venv' 2>/dev/null; then
            give_up "This Python cannot make environments: its venv module is missing." "Debian, Ubuntu: apt install python3-venv"
        elif "$python" -m pip --version >/dev/null 2>&1; then
            step "Making a Python environment in .venv" "$python" -m venv --without-pip "$venv"
            download "Fetching pip" "$python" -m pip install --quiet --target \
                "$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" pip
        else
            give_up "This Python comes without pip, so packages cannot be installed." \
                "Debian, Ubuntu: apt install python3-venv, then run this again."
        fi
    fi
    printf '%s' "$root" >"$venv/.made-for"
}

# python_packages lock "What it does": a lock names everything, so nothing is resolved (pip asked to would look at newer releases of
# `package[extra]`, and then miss their hashes).
python_packages() {
    stamp=$venv/.$(basename "$(dirname "$1")")-lock
    sum=$(cksum <"$1")
    is_current "$stamp" "$sum" && return 0
    download "$2" "$venv/bin/python" -m pip install --quiet --no-deps --require-hashes -r "$1"
    printf '%s' "$sum" >"$stamp"
}

the_package() {
    sum=$(cksum <"$root/pyproject.toml")
    [ -x "$venv/bin/roundsman" ] && is_current "$venv/.package" "$sum" && return 0
    step "Installing the roundsman command" \
        "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable "$root"
    printf '%s' "$sum" >"$venv/.package"
}

prepare_python() {
    [ -w "$root" ] || give_up "This folder cannot be written to: $root"
    make_venv
    python_packages "$root/deploy/requirements.lock" "Installing Python packages (the first time: one to three minutes)"
    the_package
}

prepare_node() {
    sum=$(cat "$root/pwa/package.json" "$root/pwa/package-lock.json" "$root/pwa/.npmrc" | cksum)
    is_current "$root/pwa/node_modules/.made-from" "$sum" && return 0
    download "Installing what the app is built with (the first time: about a minute)" npm --prefix "$root/pwa" ci
    printf '%s' "$sum" >"$root/pwa/node_modules/.made-from"
}

# What the built app depends on: everything in pwa/ but what is made and what only tests read.
app_sources() {
    (
        cd "$root" &&
            find pwa -type d \( -name node_modules -o -name dist -o -name dev-dist \) -prune -o \
                -type f ! -name '*.test.ts' ! -name '*.tsbuildinfo' ! -name '.*' -print
    )
}

build_app() {
    built_from=$(cd "$root" && app_sources | sum_of)
    [ -f "$root/pwa/dist/index.html" ] && is_current "$cache/app-built-from" "$built_from" && return 0
    prepare_node
    step "Building the app" npm --prefix "$root/pwa" run build
    printf '%s' "$built_from" >"$cache/app-built-from"
}
