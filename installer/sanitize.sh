#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds what reads foreign files, what runs in threads and the window under the sanitizers of the compiler, and
# runs it: tests of the readers, pages closed while they work and random events for the window under the address
# and undefined behaviour sanitizers, estimates and jobs in several threads under the thread sanitizer. Only what
# is run is built.
# Usage: bash installer/sanitize.sh [--long]
#   --long   also every test of the window, 20,000 random events instead of 2,000, and 1,000 closed pages instead
#            of 50, those under the thread sanitizer too
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
cd "$taktwerk_root"

long=no
case "${1:-}" in
  '') ;;
  --long) long=yes ;;
  -h | --help) sed -n '4,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ; exit 0 ;;
  *) say "error: unknown argument \"$1\"; did you mean --long?" ; exit 2 ;;
esac

# The sanitizers come with g++.
install_missing_packages
jobs="$(build_jobs)"
export QT_QPA_PLATFORM=offscreen
failed=()

# build PRESET TARGET...
build() {
  local preset="$1"
  shift
  cmake --preset "$preset" -DTAKTWERK_WERROR=ON -DTAKTWERK_BENCHMARKS=OFF > /dev/null
  cmake --build --preset "$preset" --parallel "$jobs" --target "$@"
}

# run PRESET PROGRAM [ARGUMENTS]: goes on after a finding, to see the others.
run() {
  local program="build/$1/bin/$2" name="$2 ($1)"
  shift 2
  say "running $name $*"
  "${before[@]}" "$program" "$@" || failed+=("$name")
}

# Where addresses are too random, programs under the thread sanitizer do not begin.
before=()
setarch --addr-no-randomize true 2> /dev/null && before=(setarch --addr-no-randomize)

readers=(base_test architecture_test editing_test folding_test network_test program_test import_test mapping_test)
window=(jobs_test closing_test window_fuzz)
[ "$long" = no ] || window+=(widgets_test desktop_test)
build asan "${readers[@]}" "${window[@]}"
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export LSAN_OPTIONS="suppressions=$taktwerk_root/tests/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
[ "$long" = no ] || export TAKTWERK_CLOSINGS=1000
for program in "${readers[@]}" jobs_test closing_test; do
  run asan "$program" --gtest_brief=1
done
if [ "$long" = yes ]; then
  run asan widgets_test --gtest_brief=1
  run asan desktop_test --gtest_brief=1
  run asan window_fuzz --events 20000 --seed 1
else
  run asan window_fuzz --events 2000 --seed 1
fi

threads=(estimate_test study_test jobs_test)
[ "$long" = no ] || threads+=(closing_test)
build tsan "${threads[@]}"
export TSAN_OPTIONS="ignore_noninstrumented_modules=1:suppressions=$taktwerk_root/tests/tsan.supp"
run tsan jobs_test --gtest_brief=1
[ "$long" = no ] || run tsan closing_test --gtest_brief=1
# All of it is instrumented, so nothing is ignored.
export TSAN_OPTIONS=
# Layers in several threads; the long tests of single programs have no second thread.
run tsan estimate_test --gtest_brief=1 '--gtest_filter=EstimateNetwork.*:SearchTunables.*-*.AutoEqualsFull*'
run tsan study_test --gtest_brief=1 '--gtest_filter=Study.*Threads*'

[ ${#failed[@]} -eq 0 ] || fail "findings in: ${failed[*]}"
say "the sanitizers have nothing to report"
