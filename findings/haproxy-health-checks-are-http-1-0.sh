#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12) and its health checks, beside the requests that it forwards.
#
# Good guess: a proxy that forwards by HTTP/1.1 asks "option httpchk GET /health/ready" by HTTP/1.1 as well.
# Real: requests are forwarded as HTTP/1.1; the check is sent as "GET /health/ready HTTP/1.0" and has no Host header. A server
# that serves HTTP/1.1 alone refuses it, so it is DOWN for HAProxy while it answers everybody else. With
# "http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host localhost" the same server is UP.
# Seen: "/short HTTP/1.0 no Host", "/long HTTP/1.1 Host: localhost" and "/forwarded HTTP/1.1 Host: shop".
#
# Needs Debian or Ubuntu with apt-get, and python3. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT
cd "$work"
apt-get download haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(find "$work/root" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
root/usr/sbin/haproxy -v | sed -n 1p

cat >server.py <<'PYTHON'
import http.server, sys
class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        host = self.headers["Host"]
        print(self.path, self.request_version, "no Host" if host is None else "Host: " + host, flush=True)
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Server)
open("port", "w").write(str(server.server_address[1]))
server.serve_forever()
PYTHON
python3 server.py >seen &
pids+=($!)
until [ -s port ]; do sleep 0.1; done

cat >haproxy.cfg <<CONFIG
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend shop
  bind unix@$work/shop.sock
  default_backend forwarded
backend forwarded
  server a 127.0.0.1:$(cat port)
backend short
  option httpchk GET /short
  server a 127.0.0.1:$(cat port) check
backend long
  option httpchk
  http-check send meth GET uri /long ver HTTP/1.1 hdr Host localhost
  server a 127.0.0.1:$(cat port) check
CONFIG
root/usr/sbin/haproxy -f haproxy.cfg >haproxy.log 2>&1 &
pids+=($!)
for _ in $(seq 100); do
  if [ -S shop.sock ] && grep -q /short seen && grep -q /long seen; then break; fi
  sleep 0.1
done
python3 - <<'PYTHON'
import socket
with socket.socket(socket.AF_UNIX) as s:
    s.connect("shop.sock")
    s.sendall(b"GET /forwarded HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
    while s.recv(4096):
        pass
PYTHON
sort -u seen
grep -qx '/short HTTP/1.0 no Host' seen
grep -qx '/long HTTP/1.1 Host: localhost' seen
grep -qx '/forwarded HTTP/1.1 Host: shop' seen
echo "as described"
