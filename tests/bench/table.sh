#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs every benchmark of a build and prints one table: the median of five runs, in CPU time;
# of the window, where people wait, in time on the clock.
# Usage: bash tests/bench/table.sh [BUILD_FOLDER]      (build/release)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build="${1:-build/release}"

shopt -s nullglob
programs=("$build"/bin/bench_*)
if [ ${#programs[@]} -eq 0 ]; then
  echo "error: there are no benchmarks in $build/bin; build with TAKTWERK_BENCHMARKS=ON" >&2
  exit 1
fi
grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //; s/^/processor: /' || true
printf '%-56s %14s %18s\n' benchmark 'time' throughput
for program in "${programs[@]}"; do
  "$program" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_format=csv 2>/dev/null |
    awk -F, '
      function figure(value, unit) { return sprintf("%.4g %s", value, unit) }
      /^(graph|timeline|plots): / { print }  # percentiles of paintings, with their limit
      /^name,/ { for (i = 1; i <= NF; ++i) column[$i] = i; next }
      /_median"/ {
        name = $1; gsub(/"|_median/, "", name)
        time = sub("/manual_time", "", name) ? "real_time" : "cpu_time"
        sub("/iterations:[0-9]+", "", name)
        rate = ""
        bytes = $column["bytes_per_second"]; items = $column["items_per_second"]
        if (bytes != "") rate = figure(bytes / 1e6, "MB/s")
        if (items != "") rate = figure(items / 1e6, "M items/s")
        printf "%-56s %14s %18s\n", name, figure($column[time], $column["time_unit"]), rate
      }'
done
