#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the formatting of every C++ file and runs clang-tidy on every source.
# Usage: bash installer/lint.sh [--format-only | --fix-format] [FILE…]
# Needs clang-format-14 and clang-tidy-14.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
cd "$taktwerk_root"

mode=all
case "${1:-}" in
  --format-only) mode=format ; shift ;;
  --fix-format) mode=fix ; shift ;;
esac

if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find app core widgets tests -name '*.h' -o -name '*.cpp' | LC_ALL=C sort)
fi
[ ${#files[@]} -gt 0 ] || fail "there is nothing to check"

command -v clang-format-14 >/dev/null || fail "clang-format-14 is missing: apt install clang-format-14"
if [ "$mode" = fix ]; then
  clang-format-14 -i "${files[@]}"
  exit 0
fi
clang-format-14 --dry-run -Werror "${files[@]}"
say "formatting: ${#files[@]} files are as .clang-format wants them"
[ "$mode" = all ] || exit 0

command -v clang-tidy-14 >/dev/null || fail "clang-tidy-14 is missing: apt install clang-tidy-14"
# A build folder of its own, because clang-tidy cannot read the compiler's precompiled headers.
database=build/lint
cmake -S . -B "$database" -G Ninja -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON > /dev/null
sources=()
for file in "${files[@]}"; do
  # Sources that this configuration leaves out (fuzzers, optional parts) have no compile command.
  if [[ "$file" == *.cpp ]] && grep -qF "/$file\"" "$database/compile_commands.json"; then
    sources+=("$file")
  fi
done
printf '%s\0' "${sources[@]}" |
  xargs -0 -n 1 -P "$(build_jobs)" clang-tidy-14 -p "$database" --quiet --warnings-as-errors='*'
say "clang-tidy: ${#sources[@]} sources have nothing to report"
