#!/usr/bin/env bash
# build/restore-drill.sh
#
# Loses a database on purpose and brings it back to a moment: a base backup and archived WAL, contacts before that moment and
# after it, the data folder gone, point-in-time recovery, every hash chain verified, and work that goes on. The steps are
# those of docs/operations.md. Exits with 0 when the journal is what it was at that moment, whole, and takes contacts again.
set -euo pipefail
export CAMPUSCARE_HOME; CAMPUSCARE_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$CAMPUSCARE_HOME/build/setup.sh"
source "$CAMPUSCARE_HOME/build/postgres.sh"
program=${CAMPUSCARE_PROGRAM:-}
[ -n "$program" ] || { build_program && program=$(program); }

folder=$(mktemp -d "${TMPDIR:-/tmp}/campuscare-restore.XXXXXX") && chmod 755 "$folder"
serve=
trap '[ -z "$serve" ] || { kill $serve && wait $serve; } 2>/dev/null || true; stop_private_postgres "$folder"' EXIT
bin=$(_postgres_bin)
connection=$(start_private_postgres "$folder")
port=$(sed 's/.*Port=\([0-9]*\).*/\1/' <<<"$connection")
url=http://127.0.0.1:$(_free_port)

sql() { "$bin/psql" -h 127.0.0.1 -p "$port" -U campuscare -d postgres -qAtc "$1"; }
server() { (cd / && _as_postgres "$bin/pg_ctl" -D "$folder/data" -w "$@") >/dev/null; }
fail() { echo "$1" >&2 && exit 1; }

start_serving() {
  env ASPNETCORE_ENVIRONMENT=Test DOTNET_ENVIRONMENT=Test Logging__LogLevel__Default=Warning Identity__DemoIssuer=true \
    Identity__CampusKeys__north="$(head -c 36 /dev/urandom | base64)" Campuses__File="$CAMPUSCARE_HOME/deploy/campuses.json" \
    Storage__Provider=PostgreSql Storage__ConnectionString="$connection" Evidence__Path="$folder/evidence" \
    Cluster__SiloPort="$(_free_port)" Cluster__GatewayPort="$(_free_port)" \
    dotnet "$program" serve --urls "$url" >"$folder/serve.log" 2>&1 &
  serve=$!
  for _ in $(seq 240); do
    (exec 3<>"/dev/tcp/127.0.0.1/${url##*:}") 2>/dev/null && return
    kill -0 $serve 2>/dev/null || break
    sleep 0.5
  done
  cat "$folder/serve.log" >&2
  fail "serve did not start"
}

contacts() {
  { echo id,text; for i in $(seq "$1"); do echo "$i,第${i}单外卖超时了还没到"; done; } >"$folder/texts.csv"
  dotnet "$program" peak --texts "$folder/texts.csv" --url "$url" --agents 10 --rate 20 >"$folder/peak.log" 2>&1 || { cat "$folder/peak.log" >&2 && fail "contacts were not answered"; }
}

verified() { dotnet "$program" verify --provider PostgreSql --connection "$connection"; }

echo "archive every piece of WAL, and take a base backup"
install -d -o "$([ "$(id -u)" = 0 ] && echo postgres || id -un)" "$folder/wal"
sql "alter system set archive_mode = on"
sql "alter system set archive_command = 'cp %p $folder/wal/%f'"
server restart -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" -l "$folder/log"
start_serving
contacts 40
(cd / && _as_postgres "$bin/pg_basebackup" -h 127.0.0.1 -p "$port" -U campuscare -D "$folder/base" --checkpoint=fast)

echo "contacts until the moment, and after it"
contacts 60
moment=$(sql "select clock_timestamp()")
kept=$(sql "select count(*) from ticket_events")
contacts 30
more=$(sql "select count(*) from ticket_events")
[ "$more" -gt "$kept" ] || fail "nothing came after the moment: the drill proves nothing"
sql "select pg_switch_wal()" >/dev/null

echo "the database is lost: $more events, $kept of them at $moment"
disown $serve && kill -9 $serve
server stop -m fast
rm -rf "$folder/data"

echo "restore"
cp -a "$folder/base" "$folder/data"
cat >>"$folder/data/postgresql.auto.conf" <<CONF
restore_command = 'cp $folder/wal/%f %p'
recovery_target_time = '$moment'
recovery_target_action = 'promote'
CONF
touch "$folder/data/recovery.signal"
[ "$(id -u)" != 0 ] || chown postgres "$folder/data/recovery.signal"
revive_private_postgres "$folder" "$port"
for _ in $(seq 120); do [ "$(sql 'select pg_is_in_recovery()')" = f ] && break; sleep 0.5; done

restored=$(sql "select count(*) from ticket_events")
[ "$restored" = "$kept" ] || fail "$restored events came back, not $kept"
verified
echo "contacts again"
start_serving
contacts 20
verified
echo "restored to $moment: $restored of $restored events, every chain whole, and it goes on"
