#!/usr/bin/env bash
# build/measure-silos.sh [SILOS]…
#
# What a contact costs on clusters of one, two, three and four silos (or those that are said): the same people come to each
# (40 contacts a second for 25 seconds, 40 agents), and what silos, gateway and database used is divided by the contacts.
# What a cluster uses without anybody in it, in as many seconds, is told beside it and not subtracted.
set -uo pipefail
export CAMPUSCARE_HOME; CAMPUSCARE_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$CAMPUSCARE_HOME/build/setup.sh"
program=${CAMPUSCARE_PROGRAM:-}
[ -n "$program" ] || { build_program && program=$(program); } || exit 1

sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(1 2 3 4)
seconds=25
work=$(mktemp -d "${TMPDIR:-/tmp}/campuscare-silos.XXXXXX") && chmod 755 "$work" || exit 1
cluster() { dotnet "$program" cluster "$@" --dir "$work/cluster"; }
trap 'cluster down --delete >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

cat >"$work/profile.json" <<JSON
{ "name": "cost", "what": "the same people for every cluster", "campuses": 2, "seconds": $seconds, "from": "12:00", "to": "12:25", "base": 40,
  "curve": [{ "at": "12:00", "times": 1 }], "agents": { "perCampus": 20, "capacity": 5, "thinkMilliseconds": 50 }, "targets": {} }
JSON

wal() { psql -qXAt -h 127.0.0.1 -p "$(sed -n 's/.*Port=\([0-9]*\).*/\1/p' "$work/cluster/cluster.json")" -U campuscare postgres -c "select pg_current_wal_lsn() - '0/0'"; }

# Processor seconds by kind: the last columns of status are processor seconds and megabytes.
used() { cluster status | awk '/^(silo|gateway|postgres)/ { kind = $1; sub(/-.*/, "", kind); cpu[kind] += $(NF - 1) } END { print cpu["silo"], cpu["gateway"], cpu["postgres"] }'; }

spent() { awk -v a="$1" -v b="$2" 'BEGIN { split(a, x, " "); split(b, y, " "); printf "%.2f %.2f %.2f", y[1] - x[1], y[2] - x[2], y[3] - x[3] }'; }

printf '%-6s %9s %12s %12s %12s %12s %12s   %s\n' silos contacts "silos ms" "gateway ms" "database ms" "all ms" "WAL KB" "idle, s of processor in ${seconds} s: silos, gateway, database"
for silos in "${sizes[@]}"; do
  cluster up --silos "$silos" --gateways 1 >/dev/null || exit 1
  # The code is compiled before anything is measured.
  dotnet "$program" peak --profile "$work/profile.json" --cluster "$work/cluster" --seed 1 >/dev/null
  before=$(used); sleep $seconds; idle=$(spent "$before" "$(used)")
  before=$(used); log=$(wal)
  dotnet "$program" peak --profile "$work/profile.json" --cluster "$work/cluster" --seed 2 --json "$work/report.json" >/dev/null
  written=$(($(wal) - log)); cost=$(spent "$before" "$(used)")
  contacts=$(sed -n 's/^ *"resolved": \([0-9]*\),.*/\1/p' "$work/report.json" | head -n 1)
  awk -v silos="$silos" -v contacts="$contacts" -v cost="$cost" -v written="$written" -v idle="$idle" 'BEGIN {
    split(cost, used, " "); split(idle, rest, " ")
    printf "%-6d %9d %12.2f %12.2f %12.2f %12.2f %12.1f   %s, %s, %s\n", silos, contacts, 1000 * used[1] / contacts, 1000 * used[2] / contacts, 1000 * used[3] / contacts,
      1000 * (used[1] + used[2] + used[3]) / contacts, written / 1024 / contacts, rest[1], rest[2], rest[3] }'
  cluster down --delete >/dev/null || exit 1
done
