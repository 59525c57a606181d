#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the rules of the house; each that is broken is said in a sentence, and the status is 1.
# Usage: bash installer/house.sh [--since COMMIT]
#        bash installer/house.sh --message FILE
#
# --since COMMIT looks at the messages of commits after that one instead of the recorded base; --message looks at
# nothing but one message, as a hook of git does. It needs git and looks at files that git knows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8  # subjects are counted in characters

# Messages of commits after this one follow the rules.
base=891fadc
longest_subject=72
longest_source=500
longest_function=80
median_source=100
# Sources that are longer, with the lines they have: they may become shorter, never longer.
declare -A longer=(
)
# The same of functions of core, widgets and app, by source and name.
declare -A longer_functions=(
)

broken=0
complain() {
  printf 'house: %s\n' "$*" >&2
  broken=1
}

# Complains of each line that comes in; $1 is what is wrong with it.
complain_of_lines() {
  local line
  while IFS= read -r line; do complain "$line: $1"; done
}

# Whether a commit's message ($2) is as it should be; $1 names the commit.
check_message() {
  local name=$1 subject rest
  subject=$(printf '%s\n' "$2" | sed -n 1p)
  rest=$(printf '%s\n' "$2" | sed 1d)
  local short="$name \"${subject:0:40}…\""
  [ -n "$subject" ] || complain "$name has no subject; write in one line what the commit does"
  [ "${#subject}" -le "$longest_subject" ] ||
    complain "$short has a subject of ${#subject} characters; it may have $longest_subject"
  case "$subject" in
    *.) complain "$short ends its subject with a dot; leave it out" ;;
  esac
  [ -z "${rest%%$'\n'*}" ] || complain "$short has no blank line behind its subject"
  [ -n "${rest//[[:space:]]/}" ] || complain "$short has no body; say why the change is made"
}

check_messages() {
  local commit
  if ! git rev-parse --quiet --verify "$base^{commit}" > /dev/null; then
    complain "the commit $base is not in this history, so that messages cannot be checked; fetch all of it"
    return
  fi
  for commit in $(git rev-list --no-merges "$base..HEAD"); do
    check_message "${commit:0:7}" "$(git log -1 --format=%B "$commit")"
  done
}

# Paths of one computer help nobody else. (The patterns are written so that this file does not hold them.)
check_paths() {
  git grep -nIE '/wor''k/|/tmp/bash_jo''bs' | cut -d: -f1,2 |
    complain_of_lines "a path of somebody's computer; name files from the root of the checkout"
}

check_reminders() {
  git grep -nIwE 'TO''DO|FIX''ME' | cut -d: -f1,2 |
    complain_of_lines "a reminder of work to do; do it, or write an issue"
}

check_tests() {
  git grep -nIE 'DIS''ABLED_|GTEST_SK''IP' -- tests | cut -d: -f1,2 |
    complain_of_lines "a test that does not run; mend it or take it out"
  git grep -nE '^(TEST|TEST_F|TEST_P|TYPED_TEST)\(\w+, *([a-z]\w*|\w*_\w*)\)' -- tests | cut -d: -f1,2 |
    complain_of_lines "a test named in another way than the others; write WhatItShows, without underscores"
}

check_qt() {
  git grep -nE '^ *# *include *[<"](Q[A-Za-z]|q[a-z]+\.h|qcustomplot)' -- core | cut -d: -f1,2 |
    complain_of_lines "core does without Qt; what needs it belongs into widgets"
}

check_licences() {
  git ls-files -z -- '*.h' '*.cpp' '*.sh' '*.sv' | xargs -0 -r grep -L 'SPDX-License-Identifier: ' -- |
    complain_of_lines "no SPDX line; begin with // SPDX-License-Identifier: GPL-3.0-or-later"
}

check_lengths() {
  local lines file allowed
  while read -r lines file; do
    allowed=${longer[$file]:-$longest_source}
    if [ "$lines" -gt "$allowed" ]; then
      complain "$file has $lines lines; it may have $allowed: split it into what it does"
    elif [ -n "${longer[$file]:-}" ] && [ "$lines" -le "$longest_source" ]; then
      complain "$file has $lines lines now: take it off the list of longer sources in installer/house.sh"
    fi
  done < <(git ls-files -z -- '*.h' '*.cpp' | xargs -0 -r wc -l -- | awk '$2 != "total"')
  lines=$(git ls-files -z -- 'core/*.h' 'core/*.cpp' 'widgets/*.h' 'widgets/*.cpp' 'app/*.h' 'app/*.cpp' |
            xargs -0 -r -n 50 wc -l -- | awk '$2 != "total"' | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')
  [ "${lines:-0}" -le "$median_source" ] ||
    complain "half of the sources have $lines lines or more; it may be $median_source: many do too much"
  for file in "${!longer[@]}"; do
    [ -e "$file" ] || complain "$file is gone: take it off the list of longer sources in installer/house.sh"
  done
}

# "LINES FILE NAME" for each function, from the line of its opening brace to that of its closing one. Formatted
# sources are read by their braces: one that stands among declarations behind parentheses begins a body.
function_lengths='
  FNR == 1 { depth = 0; head = ""; comment = 0; raw = "" }
  {
    line = $0
    # Raw strings, which may hold anything.
    if (raw != "") {
      i = index(line, raw)
      if (i == 0) next
      line = substr(line, i + length(raw)); raw = ""
    }
    if (match(line, /R"[^ ()\\]*\(/)) {
      delimiter = ")" substr(line, RSTART + 2, RLENGTH - 3) "\""
      rest = substr(line, RSTART + RLENGTH)
      i = index(rest, delimiter)
      if (i == 0) { raw = delimiter; line = substr(line, 1, RSTART - 1) "\"\"" }
      else line = substr(line, 1, RSTART - 1) "\"\"" substr(rest, i + length(delimiter))
    }
    gsub(/\\\\/, "", line); gsub(/\\"/, "", line); gsub(/\\'\''/, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'\''[^'\'']'\''/, "0", line)
    gsub(/[0-9]'\''[0-9]/, "00", line)
    sub(/\/\/.*/, "", line)
    if (line ~ /^ *#/) next
    while (match(line, /[{};]/)) {
      head = head " " substr(line, 1, RSTART - 1)
      c = substr(line, RSTART, 1)
      line = substr(line, RSTART + 1)
      if (c == "{") {
        ++depth
        outside = depth == 1 || kind[depth - 1] == "scope"
        heads[depth] = text = head
        within = gsub(/\(/, "", text) != gsub(/\)/, "", text)  # an argument, or a lambda that is one
        if (head ~ /(^|[ \t])(namespace|class|struct|union|enum|extern)([ \t]|$)/ && head !~ /\)/) kind[depth] = "scope"
        else if (outside && !within && head ~ /\)/ && head !~ /= *$/ &&
                 !(head ~ /\)[^:]*:[^:]/ && head ~ /[A-Za-z0-9_>]$/)) {  # no value, no member before a body
          kind[depth] = "function"; begins[depth] = FNR
          name = head; sub(/ *\(.*/, "", name); sub(/.*[ \t*&]/, "", name); names[depth] = name
        } else kind[depth] = outside ? "value" : "inner"
        head = ""
      } else if (c == "}") {
        if (kind[depth] == "function") print FNR - begins[depth] + 1, FILENAME, names[depth]
        head = kind[depth] == "value" ? heads[depth] "{}" : ""
        --depth
      } else head = ""
    }
    head = head " " line
  }
'

check_function_lengths() {
  local lines file name allowed key
  declare -A seen=()
  while read -r lines file name; do
    key=$file:$name
    allowed=${longer_functions[$key]:-$longest_function}
    [ "$lines" -le "$longest_function" ] || seen[$key]=1
    [ "$lines" -le "$allowed" ] ||
      complain "$file: $name has $lines lines; a function may have $allowed: split it into what it does"
  done < <(git ls-files -z -- 'core/*.h' 'core/*.cpp' 'widgets/*.h' 'widgets/*.cpp' 'app/*.h' 'app/*.cpp' |
             xargs -0 -r awk "$function_lengths")
  for key in "${!longer_functions[@]}"; do
    [ -n "${seen[$key]:-}" ] ||
      complain "$key is not too long: take it off the list of longer functions in installer/house.sh"
  done
}

case "${1:-}" in
  --message)
    # What git takes out of a message is no part of it.
    check_message "the message" "$(sed '/^#/d' "${2:?"--message needs a file"}")"
    exit "$broken"
    ;;
  --since) base="${2:?"--since needs a commit"}" ;;
  '') ;;
  *)
    printf 'house: there is no option "%s"; there are --since and --message\n' "$1" >&2
    exit 2
    ;;
esac
check_messages
# Those at the end of a pipe have a shell of their own, so what they found is told by their output.
for check in check_paths check_reminders check_tests check_qt check_licences; do
  found=$( { "$check" || true; } 2>&1)
  [ -z "$found" ] || { printf '%s\n' "$found" >&2; broken=1; }
done
check_lengths
check_function_lengths
[ "$broken" -ne 0 ] || printf 'house: the rules hold\n' >&2
exit "$broken"
