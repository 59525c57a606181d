#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds everything with warnings as errors and runs every test, without a display.
# Usage: bash installer/test.sh [arguments for ctest]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
cd "$taktwerk_root"

install_missing_packages "${taktwerk_test_packages[@]}"
jobs="$(build_jobs)"
cmake --preset release -DTAKTWERK_WERROR=ON -DTAKTWERK_TESTS=ON
cmake --build --preset release --parallel "$jobs"

export QT_QPA_PLATFORM=offscreen
ctest --preset release --parallel "$jobs" --no-tests=error "$@"
