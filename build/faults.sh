#!/usr/bin/env bash
# build/faults.sh [FAULT]…
#
# Starts a cluster of three silos and two gateways, lets people come in (deploy/profiles/steady.json), breaks something
# among them, and reads every journal back. Faults: silo gateway postgres zombie rolling readonly power clock disk; all of
# them unless said. clock needs Debian's package faketime, disk a machine where root may mount; elsewhere they are left out.
# Exits with 0 when nothing acknowledged was lost, doubled, assigned twice or over capacity, and every chain holds.
set -uo pipefail
export CAMPUSCARE_HOME; CAMPUSCARE_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$CAMPUSCARE_HOME/build/setup.sh"
program=${CAMPUSCARE_PROGRAM:-}
[ -n "$program" ] || { build_program && program=$(program); } || exit 1

faults=("$@")
[ ${#faults[@]} -gt 0 ] || faults=(silo gateway postgres zombie rolling readonly power clock disk)
for fault in "${faults[@]}"; do
  case $fault in
    silo | gateway | postgres | zombie | rolling | readonly | power | clock | disk) ;;
    *) sed -n '2,7s/^# \?//p' "$0" >&2; exit 64 ;;
  esac
done

# Where the user "postgres" can reach it, too.
folder=$(mktemp -d "${TMPDIR:-/tmp}/campuscare-faults.XXXXXX") && chmod 755 "$folder" || exit 1

# A disk that can be filled without harm to anybody else; in memory, so "disk" is best asked for alone.
small_disk_mb=1024
mounted=
if [[ " ${faults[*]} " == *" disk "* ]]; then
  mount -t tmpfs -o "size=${small_disk_mb}m,mode=755" campuscare "$folder" 2>/dev/null && mounted=1
fi

# A clock that one silo believes, and nobody else.
faketime=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
log=$folder.log
cluster() { dotnet "$program" cluster "$@" --dir "$folder"; }
trap 'cluster down --delete >/dev/null 2>&1; [ -z "$mounted" ] || umount "$folder"; rm -rf "$folder" "$log" "$log.status" "$log.clock"' EXIT
trap 'exit 130' INT TERM

dead() { cluster status | grep -Eq '^silo-3 .* dead'; }

# As the database's owner, who may write while nobody else may.
sql() { PGOPTIONS='-c default_transaction_read_only=off' psql -qX -h 127.0.0.1 -p "$(sed -n 's/.*Port=\([0-9]*\).*/\1/p' "$folder/cluster.json")" -U campuscare postgres "$@"; }

can() {
  case $1 in
    clock) [ -n "$faketime" ] || { echo "left out: faketime isn't installed"; return 1; } ;;
    disk) [ -n "$mounted" ] || { echo "left out: nothing can be mounted here"; return 1; } ;;
  esac
}

break_it() {
  case $1 in
    silo) cluster kill silo 2 ;;
    gateway) cluster kill gateway 1 ;;
    postgres) cluster kill postgres && cluster start postgres ;;
    zombie) # It stands still for longer than the others wait, and wakes up believing that it is alive.
      cluster pause silo 3
      for _ in $(seq 60); do dead && break; sleep 0.5; done
      cluster resume silo 3 ;;
    rolling)
      for member in "silo 1" "silo 2" "silo 3" "gateway 1" "gateway 2"; do
        # shellcheck disable=SC2086
        cluster stop $member && cluster start $member
      done ;;
    readonly) # As when a replica is asked, or an operator protects what is left.
      sql -c 'alter system set default_transaction_read_only = on' -c 'select pg_reload_conf()' >/dev/null
      sleep 20
      sql -c 'alter system reset default_transaction_read_only' -c 'select pg_reload_conf()' >/dev/null
      echo "nothing could be stored for 20 s" ;;
    power) # Every process at once, the database too; what the kernel had in hand survives, as it would not in a real one.
      for member in $(awk '{print $1}' "$log.status" | grep -E '^(silo|gateway|proxy|postgres)'); do
        # shellcheck disable=SC2086
        cluster kill ${member/-/ } &
      done
      wait
      cluster up ;;
    clock) # An hour ahead, then an hour behind, then right again.
      for ahead in +3600 -3600 +0; do
        echo "$ahead" >"$log.clock"
        sleep 6
      done
      sql -At -c "select count(*) from ticket_events where abs(at / 1000000 - extract(epoch from now())) > 1800" | sed 's/$/ events were written by a clock that is an hour off/' ;;
    disk)
      rm -f "$folder/fill"
      dd if=/dev/zero of="$folder/fill" bs=1M 2>/dev/null
      sleep 20
      df -h --output=avail "$folder" | tail -n 1 | sed 's/^ */left on the disk for 20 s: /'
      rm -f "$folder/fill" ;;
  esac
}

mend() {
  local round name
  for round in $(seq 20); do
    cluster status >"$log.status" && return
    # One that woke up and reads that it is dead may be about to end.
    for name in $(awk '/ running +dead/ {print $1}' "$log.status"); do cluster stop "${name%-*}" "${name#*-}"; done
    for name in $(awk '$3 == "gone" {print $1}' "$log.status"); do
      case $name in *-*) cluster start "${name%-*}" "${name#*-}" ;; *) cluster start "$name" ;; esac
    done
  done >/dev/null 2>&1
  cat "$log.status" >&2
  return 1
}

cluster up --silos 3 --gateways 2 || exit 1
worst=0
for fault in "${faults[@]}"; do
  echo "== $fault"
  can "$fault" || continue
  mend || exit 1
  if [ "$fault" = clock ]; then
    echo +0 >"$log.clock"
    cluster stop silo 3 >/dev/null
    LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$log.clock FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 cluster start silo 3 >/dev/null || exit 1
  fi
  dotnet "$program" peak --profile "$CAMPUSCARE_HOME/deploy/profiles/steady.json" --cluster "$folder" >"$log" 2>&1 &
  load=$!
  until grep -Eq 'acknowledged [2-9][0-9]' "$log" || ! kill -0 $load 2>/dev/null; do sleep 0.2; done
  break_it "$fault" | sed 's/^/  /'
  wait $load
  code=$?
  sed -n '/reading the journals back/,$p' "$log"
  [ $code -le $worst ] || worst=$code
done
exit $worst
