#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Taktwerk and opens it on an example. Usage: bash installer/run.sh [--headless]
#
# Without a display, or with --headless, the same example is estimated on the command line instead: the
# table goes to standard output, the figures as JSON to build/one-mac-tc-resnet8.json.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
cd "$taktwerk_root"

headless=no
for argument in "$@"; do
  case "$argument" in
    --headless) headless=yes ;;
    -h | --help) sed -n '4,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ; exit 0 ;;
    *) say "error: unknown argument \"$argument\"; did you mean --headless?" ; exit 2 ;;
  esac
done

architecture=archs/one-mac/one-mac.arch.yaml
network=resources/networks/tc-resnet8.network.yaml
json=build/one-mac-tc-resnet8.json

install_missing_packages
cmake --preset release >&2
cmake --build --preset release --parallel "$(build_jobs)" \
  --target taktwerk taktwerk-cli taktwerk-layout >&2

if [ "$headless" = no ] && [ -n "${DISPLAY:-}" ]; then
  exec build/release/bin/taktwerk "$architecture" "$network"
fi
[ "$headless" = yes ] || say "There is no display (DISPLAY is empty), so the example is estimated here instead."
build/release/bin/taktwerk-cli estimate --arch "$architecture" --network "$network"
build/release/bin/taktwerk-cli estimate --arch "$architecture" --network "$network" --json > "$json.part"
mv "$json.part" "$json"
say "The same figures as JSON: $taktwerk_root/$json"
