#!/usr/bin/env bash
# A PostgreSQL server of one's own for the tests: in one folder, on a Unix socket only, never on the network.
#   tests/support/postgres.sh start DIR    starts it and prints the URL for TEST_POSTGRES_URL
#   tests/support/postgres.sh restart DIR  ends it at once, as a crash would, and starts it again
#   tests/support/postgres.sh stop DIR     stops it and removes everything that start made
# DIR is an absolute path, made if missing. PostgreSQL refuses to run as root: for root the server runs as the user
# `jemputbola`, made if missing, and DIR must lie where that user can reach it (such as /tmp).
set -euo pipefail

readonly user=jemputbola

fail() {
    echo "postgres.sh: $*" >&2
    exit 1
}

# Debian keeps the server's programs outside the PATH; the newest version is taken.
find_programs() {
    local found
    found=$(find /usr/lib/postgresql -path '*/bin/pg_ctl' 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$found" ]; then
        dirname "$found"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    else
        fail "no PostgreSQL server found (on Debian: apt-get install postgresql)"
    fi
}

# Runs a command as somebody who may run PostgreSQL, from a folder that everybody may enter.
unprivileged() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u "$user" -- "$@")
    else
        (cd / && "$@")
    fi
}

configure() {
    cat >>"$1/data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$1/socket'
unix_socket_permissions = 0700
max_connections = 200
fsync = on
# Databases live for seconds here, and one cannot be dropped while a vacuum of the server's own looks through it.
autovacuum = off
# Messages are matched in some places, and the machine's language must not matter.
lc_messages = 'C'
EOF
}

start() {
    local dir=$1 bin
    bin=$(find_programs)
    if [ "$(id -u)" -eq 0 ] && ! id "$user" >/dev/null 2>&1; then
        useradd --system --no-create-home --shell /usr/sbin/nologin "$user"
    fi
    [ ! -e "$dir/data" ] || fail "$dir/data exists already"
    mkdir -p "$dir/data" "$dir/socket"
    chmod 711 "$dir"
    chmod 700 "$dir/data" "$dir/socket"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$user" "$dir" "$dir/data" "$dir/socket"
        unprivileged test -x "$dir/data" || fail "the user $user cannot reach $dir"
    fi
    unprivileged "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --no-locale \
        --no-sync >"$dir/initdb.log" 2>&1 || fail "initdb failed: $(tail -n 5 "$dir/initdb.log")"
    configure "$dir"
    unprivileged "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --wait --timeout=60 start >/dev/null 2>&1 ||
        fail "the server did not start: $(tail -n 5 "$dir/server.log" 2>/dev/null)"
    unprivileged "$bin/psql" --host="$dir/socket" --username=postgres --dbname=postgres --quiet --no-psqlrc \
        --command="CREATE ROLE jemputbola LOGIN CREATEDB" >&2
    echo "postgres://jemputbola@${dir//\//%2F}%2Fsocket/postgres"
}

restart() {
    local dir=$1 bin
    bin=$(find_programs)
    unprivileged "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --mode=immediate --wait --timeout=60 \
        restart >/dev/null 2>&1 || fail "the server did not restart: $(tail -n 5 "$dir/server.log" 2>/dev/null)"
}

stop() {
    local dir=$1 bin
    bin=$(find_programs)
    if [ -e "$dir/data/postmaster.pid" ]; then
        unprivileged "$bin/pg_ctl" --pgdata="$dir/data" --mode=fast --wait --timeout=30 stop >/dev/null 2>&1 ||
            unprivileged "$bin/pg_ctl" --pgdata="$dir/data" --mode=immediate --wait stop >/dev/null
    fi
    rm -rf "$dir/data" "$dir/socket" "$dir/initdb.log" "$dir/server.log"
    rmdir "$dir" 2>/dev/null || true
}

[ $# -eq 2 ] || fail "usage: postgres.sh start|restart|stop DIR"
[[ $2 =~ ^/[A-Za-z0-9._/-]+$ ]] || fail "DIR must be an absolute path of plain characters: $2"
# A socket's path may have 107 bytes.
[ ${#2} -le 80 ] || fail "DIR is too long for a socket: $2"
case $1 in
start | restart | stop) "$1" "${2%/}" ;;
*) fail "usage: postgres.sh start|restart|stop DIR" ;;
esac
