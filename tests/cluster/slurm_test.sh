#!/bin/bash
# packaging/cluster/slurm.sh under a real Slurm of one node, started here and ended again: an array's shards, merged, are
# one run. slurm_test.sh PROGRAM SOURCE_FOLDER. 77 (skipped) where slurmctld, slurmd or munged is not installed.
set -euo pipefail
program=$1 source=$2
export PATH=$PATH:/usr/sbin:/sbin

for tool in munged slurmctld slurmd sbatch squeue sinfo; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: $tool is not installed (apt-get install slurmctld slurmd slurm-client munge)"
        exit 77
    fi
done

# A name of its own without links: sockets have short paths, and munged trusts no folder that others can write.
work=$(mktemp -d /tmp/maskwright-slurm-XXXXXX)
chmod 755 "$work"
daemons=()
finish() {
    code=$?
    if ((code != 0)); then
        tail -n 40 "$work"/*.log "$work"/*.out 2>/dev/null || true
    fi
    for ((i = ${#daemons[@]} - 1; i >= 0; --i)); do
        kill "${daemons[i]}" 2>/dev/null || true
        wait "${daemons[i]}" 2>/dev/null || true
    done
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT

freePort() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# Waits for a command to succeed, at most two minutes.
await() {
    local i
    for ((i = 0; i < 1200; ++i)); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    echo "gave up waiting: $*" >&2
    return 1
}

mkdir -m 755 "$work/munge"
mkdir -m 700 "$work/key"
head -c 128 /dev/urandom >"$work/key/munge.key"
chmod 400 "$work/key/munge.key"
munged --foreground --force --socket="$work/munge/socket" --key-file="$work/key/munge.key" \
    --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" >"$work/munged.log" 2>&1 &
daemons+=($!)
await test -S "$work/munge/socket"

user=$(id -un)
mkdir "$work/state" "$work/spool"
cat >"$work/slurm.conf" <<CONF
ClusterName=maskwright
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$(freePort)
SlurmdPort=$(freePort)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=here NodeHostname=$(hostname) NodeAddr=127.0.0.1 CPUs=2
PartitionName=all Nodes=here Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
slurmctld -D -i -f "$SLURM_CONF" >"$work/slurmctld.log" 2>&1 &
daemons+=($!)
slurmd -D -N here -f "$SLURM_CONF" >"$work/slurmd.log" 2>&1 &
daemons+=($!)
isIdle() { [[ $(sinfo -h -o %T) == idle ]]; }
await isIdle

# A small model and seven pictures, of which two would have one name.
cd "$work"
mkdir model photos photos/more
cp "$source"/tests/reference/clipseg/plain/{config.json,preprocessor_config.json,model.safetensors} model
cp "$source"/tests/reference/bpe/{vocab.json,merges.txt} model
for name in a b c more/a more/d e; do cp "$source/resources/examples/coffee.png" "photos/$name.png"; done
cp "$source/resources/examples/cat.png" photos/a.jpg
asked=(photos --phrase cat --phrase cup --model model)
"$program" segment "${asked[@]}" -o one/ >one.txt

export MASKWRIGHT_CLI=$program
script=$source/packaging/cluster/slurm.sh
submit() { sbatch --parsable --cpus-per-task=1 --output="$work/%x-%A-%a.out" "$@"; }
succeeded() { [[ $(scontrol -o show job "$1" | grep -c "JobState=COMPLETED") == "$2" ]]; }

echo "an array of three"
job=$(submit --array=1-3 "$script" "${asked[@]}" -o out/)
merge=$(submit --dependency="afterany:$job" --wrap "'$program' segment --merge out/ >out.txt")
await succeeded "$job" 3
await succeeded "$merge" 1
diff -r one out
diff one.txt <(sed 's#-> out/#-> one/#' out.txt)

echo "one task of three is repeated on its own"
job=$(submit --array=1,3 "$script" "${asked[@]}" -o again/)
isFailed() { [[ $(scontrol -o show job "$1" | grep -c "JobState=FAILED") == 2 ]]; }
await isFailed "$job"
grep -q "say how many shards there are" "$work/maskwright-$job-1.out"
for tasks in 1,3 2; do
    job=$(SHARDS=3 submit --array="$tasks" "$script" "${asked[@]}" -o again/)
    count=${tasks//[^,]/}
    await succeeded "$job" $((${#count} + 1))
    if [[ $tasks == 1,3 ]]; then
        if "$program" segment --merge again/ 2>missing.txt; then exit 1; fi
        grep -q "shards are missing: 2/3" missing.txt
    fi
done
"$program" segment --merge again/ >again.txt
diff -r one again
diff one.txt <(sed 's#-> again/#-> one/#' again.txt)
echo "done"
