#!/usr/bin/env bash
# ./campuscare test [--engine embedded|orleans] [--only NAME]…
#
# Sets up everything, then runs every test: the web's, and each project of tests/ on the Embedded engine and, where
# Microsoft.Orleans.Server can be restored, on Orleans too. What can't run says why and counts as skipped.
# The last line is "N passed, N failed[, N skipped]"; the exit code is 0 only when nothing failed.
set -uo pipefail
export CAMPUSCARE_HOME; CAMPUSCARE_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$CAMPUSCARE_HOME" || exit 1
source build/setup.sh
source build/postgres.sh

project_timeout=15m
results=$artifacts/test-results
plan=$results/plan.tsv # what was to run: kind, name, file or verdict, detail
engines=(Embedded Orleans)
only=()

while [ $# -gt 0 ]; do
  case $1 in
    --engine) case ${2,,} in orleans) engines=(Orleans) ;; embedded) engines=(Embedded) ;; *) echo "--engine embedded|orleans" >&2; exit 64 ;; esac; shift 2 ;;
    --only) only+=("$2"); shift 2 ;;
    *) sed -n '2,6s/^# \?//p' "$0" >&2; exit 64 ;;
  esac
done

say() { echo "== $*"; }
note() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-}" >>"$plan"; }
wanted() { [ ${#only[@]} = 0 ] || [[ " ${only[*],,} " == *" ${1,,} "* ]]; }

# check NAME COMMAND…: one thing that holds or not, and counts as one test.
check() {
  local name=$1 log=$results/${1//[^A-Za-z0-9]/-}.log
  shift
  say "$name"
  if "$@" >"$log" 2>&1; then note check "$name" passed; else note check "$name" failed "$log"; return 1; fi
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install() { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }

set_up_browser() {
  command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . && return
  can_install && quietly apt install chromium fonts-noto-cjk fontconfig && return
  echo "!! no chromium: the browser suites skip themselves"
}

set_up_postgres() {
  postgres=$(mktemp -d /tmp/campuscare-postgres.XXXXXX)
  trap 'stop_private_postgres "$postgres"' EXIT
  trap 'exit 130' INT TERM
  if CAMPUSCARE_TEST_POSTGRES=$(start_private_postgres "$postgres"); then
    export CAMPUSCARE_TEST_POSTGRES
  else
    echo "!! no PostgreSQL: its suites skip themselves"
  fi
}

test_web() {
  [ -e src/Web/package.json ] || return 0
  check "web build" build_web || return
  check "web types and style" npm --prefix src/Web run check
  say "web tests"
  note vitest web "$results/web.json"
  (cd src/Web && timeout --kill-after=30s $project_timeout npx vitest run --reporter=json --outputFile="$results/web.json") >"$results/web.log" 2>&1
}

orleans_restores() { dotnet restore src/Silo -p:GrainEngine=Orleans -v q >"$results/orleans-restore.log" 2>&1; }

test_engine() {
  local engine=$1 bin=$artifacts/${1,,}/bin project name dll
  if [ "$engine" = Orleans ] && ! orleans_restores; then
    echo "!! Microsoft.Orleans.Server can't be restored here: no suite runs on Orleans (see $results/orleans-restore.log)"
    for project in tests/*/*.Tests.csproj; do
      name=$(basename "$(dirname "$project")")
      wanted "$name" && on_grains "$name" && note skip "$name on Orleans" "Microsoft.Orleans.Server can't be restored"
    done
    return
  fi
  check "build on $engine" dotnet build CampusCare.sln -c Release -p:GrainEngine="$engine" --nologo -v q || return
  for project in tests/*/*.Tests.csproj; do
    name=$(basename "$(dirname "$project")")
    dll=$bin/$(basename "$project" .csproj)/release/$(basename "$project" .csproj).dll
    wanted "$name" || continue
    [ "$engine" = Embedded ] || [ ${#engines[@]} = 1 ] || on_grains "$name" || continue
    say "$name on $engine"
    note trx "$name on $engine" "$results/$name-$engine.trx" "$results/$name-$engine.log"
    timeout --kill-after=30s $project_timeout dotnet test "$dll" --logger "trx;LogFileName=$results/$name-$engine.trx" >"$results/$name-$engine.log" 2>&1 ||
      tail -n 3 "$results/$name-$engine.log"
  done
}

# Whether a test project reaches the grains: then it has something to say on each engine.
on_grains() { ls "$artifacts"/*/bin/CampusCare."$1".Tests/release/CampusCare.Contracts.dll >/dev/null 2>&1; }

need dotnet ".NET SDK 10"
need node "Node.js 20 or later"
rm -rf "$results"
mkdir -p "$results"
: >"$plan"
wanted browser && set_up_browser
set_up_postgres
wanted web && test_web
for engine in "${engines[@]}"; do test_engine "$engine"; done
wanted format && check "code format" dotnet format CampusCare.sln --verify-no-changes --no-restore
node build/test-summary.mjs "$plan"
