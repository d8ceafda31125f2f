#!/bin/bash
# One shard of `maskwright-cli segment`, as a task of a Slurm array:
#   sbatch --array=1-8 packaging/cluster/slurm.sh photos/ --phrase dog -o masks/
# What follows the script's name is segment's; the shard is added, and --skip-existing, by which a task that was requeued
# goes on where it was ended. To repeat some tasks of eight: SHARDS=8 sbatch --array=3,5 ... MASKWRIGHT_CLI is the program,
# where it is not in the PATH.
#SBATCH --job-name=maskwright
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -euo pipefail

fail() {
    echo "slurm.sh: $*" >&2
    exit 2
}

[[ -n ${SLURM_ARRAY_TASK_ID:-} ]] || fail "this is a task of an array: sbatch --array=1-8 $0 ..."
if [[ -z ${SHARDS:-} ]]; then
    # Of an array with gaps nobody can tell how many shards there are.
    [[ ${SLURM_ARRAY_TASK_MIN:-} == 1 && $SLURM_ARRAY_TASK_COUNT == "$SLURM_ARRAY_TASK_MAX" ]] ||
        fail "the array does not go from 1 to a last task: say how many shards there are, e.g. SHARDS=8 sbatch ..."
    SHARDS=$SLURM_ARRAY_TASK_MAX
fi
# A machine has more processors than it gives to a task.
threads=(--threads "${SLURM_CPUS_PER_TASK:-1}")
[[ " $* " != *" --threads"* ]] || threads=()
exec "${MASKWRIGHT_CLI:-maskwright-cli}" segment "$@" "${threads[@]}" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" \
    --skip-existing
