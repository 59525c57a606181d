#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a sweep as a Slurm job array of eight tasks on a cluster of this one computer, which it starts and ends
# itself: the array is cancelled while it runs, submitted again, and its tables and stores are merged. Both have
# to be, byte by byte, those of one process; so do those of GNU parallel. Outside CI, as it needs daemons.
# Usage: bash tests/cluster/slurm.sh [BUILD_FOLDER]      (build/release)
#
# It needs slurm-wlm, munge and parallel, and to be root or the user that Slurm is to run as.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
build=$(realpath "${1:-build/release}")
for program in munged slurmctld slurmd sbatch scancel squeue sinfo parallel "$build/bin/taktwerk-cli"; do
  if ! command -v "$program" > /dev/null; then
    printf 'slurm.sh: there is no %s; install slurm-wlm, munge and parallel, and build the project\n' "$program" >&2
    exit 2
  fi
done
PATH=$build/bin:$PATH

work=$(mktemp -d)
chmod 755 "$work"  # munge's socket is for all users
processes=()
end() {
  local process look
  # Tasks outlive the daemons that began them.
  scancel --me 2> /dev/null || true
  for ((look = 0; look < 100; ++look)); do
    [[ -n $(squeue --noheader --me 2> /dev/null) ]] || break
    sleep 0.1
  done
  for process in "${processes[@]}"; do kill "$process" 2> /dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap end EXIT
fail() {
  printf 'slurm.sh: %s\n' "$*" >&2
  tail -n 20 -- "$work"/*.log "$work"/jobs/*.log >&2 || true
  exit 1
}
# Waits until a command succeeds, ten minutes at most; the arguments behind what it waits for are the command.
until_true() {
  local what=$1 look
  shift
  for ((look = 0; look < 6000; ++look)); do
    if "$@" > /dev/null 2>&1; then return; fi
    sleep 0.1
  done
  fail "waited in vain for $what"
}

# A cluster of one node, with keys, ports and folders of its own.
host=$(hostname -s)
cluster=$work/cluster
mkdir -p "$cluster/state" "$cluster/spool" "$work/jobs"
dd if=/dev/urandom of="$cluster/munge.key" bs=128 count=1 status=none
chmod 400 "$cluster/munge.key"
munged --foreground --force --key-file="$cluster/munge.key" --socket="$cluster/munge.socket" \
       --pid-file="$cluster/munge.pid" --log-file="$work/munge.log" --seed-file="$cluster/munge.seed" \
       2> "$work/munged.log" &
processes+=($!)
cat > "$cluster/slurm.conf" << EOF
ClusterName=taktwerk
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$cluster/munge.socket
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
KillWait=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
EOF
export SLURM_CONF=$cluster/slurm.conf
until_true "munge" test -S "$cluster/munge.socket"
slurmctld -D -f "$SLURM_CONF" > "$work/slurmctld.log" 2>&1 &
processes+=($!)
slurmd -D -f "$SLURM_CONF" -N "$host" > "$work/slurmd.log" 2>&1 &
processes+=($!)
node_is_idle() { [[ $(sinfo --noheader --format=%T) == idle ]]; }
until_true "the node" node_is_idle

sweep=(--arch "$source/archs/systolic-array/systolic-array.arch.yaml"
       --network "$source/resources/networks/tc-resnet8.network.yaml"
       --vary rows=2:17 --vary columns=2:17 --objective utilisation)
printf 'one process\n'
taktwerk-cli sweep "${sweep[@]}" --store "$work/whole.sqlite" --out "$work/whole.csv" 2> "$work/whole.log"
taktwerk-cli merge "$work/whole.sqlite" --out "$work/rows.csv"

cd "$work/jobs"
submit() { sbatch --parsable "$source/tests/cluster/share.sh" "${sweep[@]}"; }
is_over() { [[ -z $(squeue --noheader --jobs "$1") ]]; }
# A new store has 13 pages or so in its log; what is more are rows.
has_rows() { [[ -n $(find . -name '*.sqlite-wal' -size +128k) ]]; }
printf 'a job array, cancelled while it runs\n'
job=$(submit)
until_true "results" has_rows
scancel "$job"
until_true "the end of the array" is_over "$job"
if [[ $(find . -name '?.csv' | wc -l) == 8 ]]; then fail "the array was through before it was cancelled"; fi
printf 'the same array again\n'
job=$(submit)
until_true "the end of the array" is_over "$job"
if ! grep -q 'of them were in the store' ./*.log; then fail "no task went on with what was there"; fi

# What tables and stores of shares come to has to be what one process wrote.
compare() {
  taktwerk-cli merge {1..8}.csv --out all.csv
  taktwerk-cli merge {1..8}.sqlite --out all.sqlite
  taktwerk-cli merge {1..8}.sqlite --out rows.csv
  taktwerk-cli merge all.sqlite --out again.csv
  taktwerk-cli check all.sqlite > check.txt
  cmp all.csv "$work/whole.csv" || fail "the tables of $1 are not that of one process"
  cmp rows.csv "$work/rows.csv" || fail "the stores of $1 are not that of one process"
  cmp again.csv "$work/rows.csv" || fail "the merged store of $1 is not that of one process"
}
compare "the array"
printf 'GNU parallel\n'
mkdir "$work/parallel"
cd "$work/parallel"
parallel --will-cite --jobs "$(nproc)" \
         taktwerk-cli sweep "${sweep[@]@Q}" --shard {}/8 --jobs 1 --store {}.sqlite --resume --out {}.csv \
         ::: {1..8} 2> "$work/parallel.log" || fail "a share of GNU parallel failed"
compare "GNU parallel"
printf 'all of them are equal, byte by byte\n'
