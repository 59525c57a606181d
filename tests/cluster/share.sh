#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One share of a sweep, a task of a Slurm job array: the guide's "Many computers". Arguments are those of the
# sweep. A task that is killed and begun again goes on where it was.
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --output=%a.log --open-mode=append
set -euo pipefail
share=$SLURM_ARRAY_TASK_ID
taktwerk-cli sweep "$@" --shard "$share/$SLURM_ARRAY_TASK_COUNT" --jobs "${SLURM_CPUS_PER_TASK:-1}" \
             --store "$share.sqlite" --resume --out "$share.csv"
