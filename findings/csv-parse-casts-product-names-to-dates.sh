#!/usr/bin/env bash
# csv-parse 7.0.3 (npm), options cast and cast_date, on Node 20: the names of products.
#
# Good guess: cast_date turns what is written as a date, 2026-11-29 or so, into a Date, and leaves words with a number alone.
# Real: every field that Date.parse of the JavaScript engine takes becomes a Date, and V8 takes a word followed by a number: "USB 3" is
# 1 March 2001 and "Size 42" is the year 2042. So within one column some names are dates and others are strings.
# Seen: "USB 3", "SKU 12", "Pack of 6" and "Size 42" are dates; "iPhone 15", "M3" and "Mug" are strings.
#
# Needs Node and npm. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" csv-parse@7.0.3 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }

cat >names.js <<'JS'
const {parse} = require('csv-parse/sync');
const text = 'name\nUSB 3\nSKU 12\nPack of 6\nSize 42\niPhone 15\nM3\nMug\n2026-11-29\n';
for (const {name} of parse(text, {columns: true, cast: true, cast_date: true})) {
  console.log(name instanceof Date ? 'date ' + name.toISOString().slice(0, 10) : typeof name + ' ' + name);
}
JS
TZ=UTC node names.js | tee seen

diff seen - <<'SEEN'
date 2001-03-01
date 2001-12-01
date 2001-06-01
date 2042-01-01
string iPhone 15
string M3
string Mug
date 2026-11-29
SEEN
echo "as described"
