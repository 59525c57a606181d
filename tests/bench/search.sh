#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How near the search of design spaces comes to the front of one of which every point is known: 5,000 points of
# the systolic array with TC-ResNet8, 500 of them estimated, for the seeds 1 to 10, beside random samples.
# Usage: bash tests/bench/search.sh [TABLE.csv [BUILD_FOLDER]]      (build/search_table.csv, build/release)
# The table is made if it is not there, which takes some minutes; what it holds is the same on every computer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
table="${1:-build/search_table.csv}"
build="${2:-build/release}"

if [ ! -e "$table" ]; then
  "$build/bin/taktwerk-cli" sweep --arch archs/systolic-array/systolic-array.arch.yaml \
    --network resources/networks/tc-resnet8.network.yaml --vary rows=2:26 --vary columns=2:26 \
    --vary memory_port_width=1,4 --vary element_latency=1,2,4,8 --out "$table"
fi
# Relative: elements that are quick are large, and so is a wide port.
area='rows * columns * (4 + 8 / element_latency) + 6 * (rows + 2 * columns) + 40 * memory_port_width'
"$build/bin/search_table" "$table" 500 cycles "$area"
