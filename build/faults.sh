#!/usr/bin/env bash
# build/faults.sh [FAULT]…
#
# Starts a cluster of three silos and two gateways, lets people come in (deploy/profiles/steady.json), breaks something
# among them, and reads every journal back. Faults: silo gateway postgres zombie rolling; all of them unless said.
# Exits with 0 when nothing acknowledged was lost, doubled, assigned twice or over capacity, and every chain holds.
set -uo pipefail
export CAMPUSCARE_HOME; CAMPUSCARE_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$CAMPUSCARE_HOME/build/setup.sh"
program=${CAMPUSCARE_PROGRAM:-}
[ -n "$program" ] || { build_program && program=$(program); } || exit 1

faults=("$@")
[ ${#faults[@]} -gt 0 ] || faults=(silo gateway postgres zombie rolling)
for fault in "${faults[@]}"; do
  case $fault in silo | gateway | postgres | zombie | rolling) ;; *) sed -n '2,6s/^# \?//p' "$0" >&2; exit 64 ;; esac
done

# Where the user "postgres" can reach it, too.
folder=$(mktemp -d "${TMPDIR:-/tmp}/campuscare-faults.XXXXXX") && chmod 755 "$folder" || exit 1
log=$folder.log
cluster() { dotnet "$program" cluster "$@" --dir "$folder"; }
trap 'cluster down --delete >/dev/null 2>&1; rm -rf "$folder" "$log" "$log.status"' EXIT
trap 'exit 130' INT TERM

dead() { cluster status | grep -Eq '^silo-3 .* dead'; }

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
  mend || exit 1
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
