# A private PostgreSQL server for tests and measurements; source this file.
#
#   start_private_postgres DIR   creates a server under DIR (new, and reachable for the user "postgres") on a free
#                                loopback port, with the defaults of a real one (fsync on), and prints the connection string for Npgsql
#   revive_private_postgres DIR PORT   starts it again, where it was stopped or died
#   stop_private_postgres DIR    stops it and removes DIR
#
# As root, the server runs as the user "postgres", and Debian's package is installed when it is missing.

_postgres_bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$newest" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2 || return 1
    newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  fi
  if [ -z "$newest" ]; then
    echo "PostgreSQL isn't installed (no /usr/lib/postgresql/*/bin)" >&2
    return 1
  fi
  echo "$newest"
}

_as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# Below 32768, where no outgoing connection takes it first.
_free_port() {
  local port
  for port in $(shuf -i 20000-32000 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "no free port between 20000 and 32000" >&2
  return 1
}

start_private_postgres() {
  local dir=$1 bin port output
  bin=$(_postgres_bin) && port=$(_free_port) || return 1
  mkdir -p "$dir" || return 1
  [ "$(id -u)" != 0 ] || chown postgres "$dir" || return 1
  if ! output=$(_create_postgres "$bin" "$dir" "$port" 2>&1 </dev/null); then
    echo "$output" >&2
    return 1
  fi
  echo "Host=127.0.0.1;Port=$port;Username=campuscare;Database=postgres"
}

# From the root folder, since the one we are in may be closed to the user "postgres".
_create_postgres() (
  cd / &&
    _as_postgres "$1/initdb" -D "$2/data" -U campuscare --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
    _run_postgres "$1" "$2" "$3"
)

_run_postgres() {
  _as_postgres "$1/pg_ctl" -D "$2/data" -l "$2/log" -w start \
    -o "-p $3 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
}

# On the port that it had: whoever was connected finds it again. After a kill its children need a moment to notice.
revive_private_postgres() {
  local bin output try
  bin=$(_postgres_bin) || return 1
  for try in $(seq 20); do
    output=$(cd / && _run_postgres "$bin" "$1" "$2" 2>&1 </dev/null) && return
    tail -n 5 "$1/log" | grep -q "pre-existing shared memory\|lock file" || break
    sleep 0.5
  done
  echo "$output" >&2
  tail -n 5 "$1/log" >&2
  return 1
}

stop_private_postgres() {
  local dir=$1
  if [ -e "$dir/data/postmaster.pid" ]; then
    (cd / && _as_postgres "$(_postgres_bin)/pg_ctl" -D "$dir/data" -m fast -w stop) >/dev/null 2>&1
  fi
  rm -rf "$dir"
}
