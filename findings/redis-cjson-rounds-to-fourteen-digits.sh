#!/usr/bin/env bash
# Redis 7.0.15 (Debian 12's redis-server), a Lua script that reads a JSON value, changes one field and writes it again with cjson.
#
# Good guess: the fields that the script does not touch stay as they are; at worst a number loses what a double cannot hold, beyond 2^53.
# Real: cjson.encode writes numbers with 14 significant digits. A time in microseconds, 16 digits and far below 2^53, is changed and
# comes in exponent form. An empty array comes back as an empty object. redis.call("SET", key, number) keeps all 16 digits.
# Seen: {"at":1764429132123456,"total":123456789012345,"lines":[]} becomes at 1.7644291321235e+15, total 1.2345678901234e+14, lines {}.
#
# Needs redis-server and redis-cli on the PATH. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
server=
cd "$work"
redis-server --port 0 --unixsocket "$work/redis" --save '' --dir "$work" --logfile "$work/log" &
server=$!
ask() { redis-cli -s "$work/redis" "$@"; }
for _ in $(seq 100); do ask ping >/dev/null 2>&1 && break; sleep 0.1; done
redis-server --version | cut -d' ' -f 3

ask set cart '{"at":1764429132123456,"total":123456789012345,"lines":[],"state":"open"}' >/dev/null
ask eval '
  local cart = cjson.decode(redis.call("GET", KEYS[1]))
  cart.state = "closed"
  redis.call("SET", KEYS[1], cjson.encode(cart))
  redis.call("SET", KEYS[2], cart.at)
' 2 cart number >/dev/null
ask get cart | grep -o '"[a-z]*":[^,}]*}\?' | sed 's/\([^{]\)}$/\1/' | sort | tee seen
echo "by SET: $(ask get number)" | tee -a seen

diff seen - <<'SEEN'
"at":1.7644291321235e+15
"lines":{}
"state":"closed"
"total":1.2345678901234e+14
by SET: 1764429132123456
SEEN
echo "as described"
