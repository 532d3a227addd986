# Debian packages that tests need. Nothing is asked of the package manager unless something is missing. Sourced.

installs() {
    echo "${0##*/}: installing what is missing here: $*" >&2
    local as=()
    ((EUID == 0)) || as=(sudo)
    if ! { ${as[@]+"${as[@]}"} apt-get update -q && \
           DEBIAN_FRONTEND=noninteractive ${as[@]+"${as[@]}"} apt-get install -q -y "$@"; } >&2; then
        echo "${0##*/}: could not install $*; please do it and run ${0##*/} again." >&2
        exit 1
    fi
}

# Languages and sorting come from ICU; the package is named after its version.
needs_icu() {
    command -v apt-get >/dev/null || return 0
    [[ $(ldconfig -p) != *libicuuc* ]] || return 0
    installs "$(apt-cache search --names-only '^libicu[0-9]+$' | awk '{ print $1 }' | sort -V | tail -1 | grep . \
        || echo libicu-dev)"
}

# The browser that pages are looked at in. Where it can't be had, the tests that need it say so and fail.
needs_chromium() {
    command -v apt-get >/dev/null || return 0
    [[ -z ${RECOURSE_CHROMIUM:-} ]] || return 0
    local name
    for name in chromium chromium-browser google-chrome-stable; do
        ! command -v "$name" >/dev/null || return 0
    done
    (installs chromium) || true
}
