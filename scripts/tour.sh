#!/usr/bin/env bash
# Makes docs/tour.md and its pictures anew, from a demo that runs and a real browser.
set -euo pipefail
house=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
here=$PWD
cd "$house"
source scripts/dotnet.sh
source scripts/packages.sh

out=docs
while (($#)); do
    case $1 in
        --out)
            (($# > 1)) || { echo "tour: --out needs a folder" >&2; exit 2; }
            out=$(cd "$here" && mkdir -p "$2" && cd "$2" && pwd)
            shift
            ;;
        -h | --help) echo "scripts/tour.sh [--out DIR]    writes tour.md and tour/ into DIR, or into docs"; exit 0 ;;
        *) echo "tour: what is $1?" >&2; exit 2 ;;
    esac
    shift
done

finds_dotnet
needs_sdk
needs_icu
needs_chromium
mkdir -p artifacts
(flock 9 && dotnet build tests/Browser.Tests -c Release --nologo -v q 9>&-) 9>artifacts/build.lock
RECOURSE_TOUR=$(cd "$out" && pwd) tests/Browser.Tests/bin/Release/net10.0/Browser.Tests \
    -noLogo -noColor -explicit only -class '*.TheTour'
du -sh "$out/tour"
