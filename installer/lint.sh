#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the formatting of every C++ file and runs clang-tidy on every source.
# Usage: bash installer/lint.sh [--format-only | --fix-format | --recent N] [FILE…]
#
# --recent N runs clang-tidy on the sources that the last N commits touched; the formatting of every file is
# checked all the same.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
cd "$taktwerk_root"

mode=all
recent=
case "${1:-}" in
  --format-only) mode=format ; shift ;;
  --fix-format) mode=fix ; shift ;;
  --recent) recent="${2:?"--recent needs a number of commits"}" ; shift 2 ;;
esac

if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find app core widgets tests -name '*.h' -o -name '*.cpp' | LC_ALL=C sort)
fi
[ ${#files[@]} -gt 0 ] || fail "there is nothing to check"

install_missing_packages "${taktwerk_lint_packages[@]}"
command -v clang-format-14 >/dev/null || fail "clang-format-14 is missing: apt install clang-format-14"
if [ "$mode" = fix ]; then
  clang-format-14 -i "${files[@]}"
  exit 0
fi
clang-format-14 --dry-run -Werror "${files[@]}"
say "formatting: ${#files[@]} files are as .clang-format wants them"
[ "$mode" = all ] || exit 0

command -v clang-tidy-14 >/dev/null || fail "clang-tidy-14 is missing: apt install clang-tidy-14"
if [ -n "$recent" ]; then
  # A history that is shorter gives all there is of it.
  oldest="$(git rev-list --max-count="$recent" HEAD | tail -n 1)"
  base="$(git rev-parse --quiet --verify "$oldest^" || git hash-object -t tree /dev/null)"
  mapfile -t files < <(git diff --name-only --diff-filter=d "$base" HEAD -- app core widgets tests |
                         grep -E '\.(h|cpp)$' || true)
fi
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
# Sources are compiled with a precompiled header in front; here it is read as text.
check() {
  local header=core/pch.h
  case "$1" in
    widgets/jobs/* | tests/widgets/jobs/*) ;;
    widgets/* | app/desktop/* | tests/widgets/* | tests/app/desktop/* | tests/bench/window.cpp) header=widgets/pch.h ;;
  esac
  clang-tidy-14 -p "$database" --quiet --warnings-as-errors='*' \
    --extra-arg-before=-include --extra-arg-before="$taktwerk_root/$header" "$1" 2> >(grep -v 'warnings\? generated' >&2)
}
export -f check
export database taktwerk_root
if [ ${#sources[@]} -gt 0 ]; then
  printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(build_jobs)" bash -c 'check "$1"' _ ||
    fail "clang-tidy has something to report (above)"
fi
say "clang-tidy: ${#sources[@]} sources have nothing to report"
