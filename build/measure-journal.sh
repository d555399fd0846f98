#!/usr/bin/env bash
# Appends a second beside single-row inserts into the same databases, in one run. Usage: build/measure-journal.sh [SECONDS]
# BARE_INSERT names another pgbench script than the built-in one.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/postgres.sh
seconds=${1:-5}
work=$(mktemp -d)
chmod 711 "$work"
trap 'stop_private_postgres "$work/pg"; rm -rf "$work"' EXIT
dotnet build tests/Storage -c Release -v q --nologo >/dev/null
tool=$(ls artifacts/*/bin/CampusCare.Storage.Tests/release/CampusCare.Storage.Tests.dll | head -n 1)
connection=$(start_private_postgres "$work/pg")
port=$(sed 's/.*Port=\([0-9]*\).*/\1/' <<<"$connection")

cat >"$work/bare.sql" <<'SQL'
\set skill random(1, 8)
insert into bare_insert(subject, skill, status) values ('my order is forty minutes late', :skill, 'queued');
SQL
bare_postgres() {
  psql -q -h 127.0.0.1 -p "$port" -U campuscare postgres -c 'drop table if exists bare_insert' -c "create table bare_insert(id bigserial primary key, subject text, skill int, status text, created_at timestamptz default clock_timestamp())"
  printf 'PostgreSql bare insert: '
  pgbench -n -c 16 -j 2 -T "$seconds" -f "${BARE_INSERT:-$work/bare.sql}" -h 127.0.0.1 -p "$port" -U campuscare postgres 2>/dev/null | sed -n 's/^tps = \([0-9]*\).*/\1 rows\/s/p'
}

bare_postgres 2>/dev/null
dotnet "$tool" measure PostgreSql "$connection" "$seconds"
bare_postgres
dotnet "$tool" measure-bare-sqlite "$work/bare.db" "$seconds"
dotnet "$tool" measure Sqlite "Data Source=$work/journal.db" "$seconds"
dotnet "$tool" measure-bare-sqlite "$work/bare.db" "$seconds"
