# SPDX-License-Identifier: GPL-3.0-or-later
# Read by run.sh and test.sh: where the project is, which Debian 12 packages it needs and how they are
# brought in. Nothing is asked of the package manager when everything is there already.

taktwerk_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

taktwerk_packages=(
  # compiler and build
  g++ cmake ninja-build pkg-config git ca-certificates
  # window: Qt 6, plots, and what draws icons and text
  qt6-base-dev qt6-svg-dev libqt6svg6 libqcustomplot-dev libgl-dev fonts-dejavu-core
  # libraries of the core and of the layout helper
  libgraphviz-dev libtbb-dev nlohmann-json3-dev libyaml-cpp-dev libcli11-dev libsqlite3-dev
  # search in design spaces
  libpagmo-dev
  # networks of other programs (ONNX)
  libonnx-dev libprotobuf-dev
  # tests and benchmarks
  libgtest-dev libgmock-dev libbenchmark-dev
)
# Only test.sh asks for these: without them the build leaves some tests out and says so. The circuit of
# tests/rtl is translated by Verilator.
taktwerk_test_packages=(verilator)
# Only lint.sh asks for these.
taktwerk_lint_packages=(clang-format-14 clang-tidy-14)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

is_installed() {
  local state
  state="$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" && [ "$state" = installed ]
}

# Runs a command as the administrator: directly as root, else through sudo, which may ask for a password
# only when someone is there to type it.
as_administrator() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ] && [ -z "${CI:-}" ]; then
    sudo "$@"
  else
    sudo --non-interactive "$@"
  fi
}

# Installs what is missing of the packages named, besides those that everything needs.
install_missing_packages() {
  local needed=("${taktwerk_packages[@]}" "$@")
  if ! command -v dpkg-query >/dev/null; then
    say "This is not Debian or a relative of it, so nothing is installed; the build says what is missing."
    say "It needs what these Debian 12 packages hold: ${needed[*]}"
    return
  fi
  local missing=() package
  for package in "${needed[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "Installing ${#missing[@]} missing packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    fail "this needs root, and sudo is not installed. As root, run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  if ! { as_administrator apt-get -q update &&
         as_administrator env DEBIAN_FRONTEND=noninteractive \
           apt-get -q -y --no-install-recommends install "${missing[@]}"; } >&2; then
    fail "the packages could not be installed (see above). As root, run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
}

# Compilers at work at the same time: one a core, and no more than fit into memory at 1.5 GB each.
build_jobs() {
  local cores memory_kib jobs
  cores="$(nproc)"
  memory_kib="$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)"
  jobs=$(( ${memory_kib:-1572864} / 1572864 ))
  [ "$jobs" -ge 1 ] || jobs=1
  [ "$jobs" -le "$cores" ] || jobs="$cores"
  echo "$jobs"
}
