# Finds the .NET SDK, or says what to install. Sourced by ./recourse and ./test; $house is the repository.

wanted() { sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$house/global.json"; }

how_to_install() {
    echo "Install the .NET SDK $(wanted) or a newer 10.0: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
}

# Also where the installer puts it by itself, on no path.
finds_dotnet() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    command -v dotnet >/dev/null && return
    local place
    for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        if [[ -n $place && -x $place/dotnet ]]; then
            export DOTNET_ROOT=$place PATH=$place:$PATH
            return
        fi
    done
    echo "${0##*/}: there is no dotnet on this machine." >&2
    how_to_install
    exit 1
}

needs_sdk() {
    local found
    found=$(cd "$house" && dotnet --version 2>/dev/null) && [[ $found == 10.0.* ]] && return
    echo "${0##*/}: no .NET SDK here is new enough. Found:" >&2
    dotnet --list-sdks >&2 || true
    how_to_install
    exit 1
}
