#!/usr/bin/env bash
# fast-xml-parser 5.12.1 (npm), XMLParser with its defaults: an item of a product feed.
#
# Good guess: elements that look like numbers become numbers by default, as its documentation says (parseTagValue). CDATA says that the
# content is character data, and attributes are strings, so a GTIN or an article number in CDATA keeps its zeros and letters.
# Real: CDATA is parsed for numbers and booleans like any element. Attributes are not.
# Seen: <gtin><![CDATA[00012345600012]]></gtin> is the number 12345600012, <id><![CDATA[12E4]]></id> is 120000,
# <title><![CDATA[true]]></title> is the boolean true; the attribute gtin="00012345600012" is a string with its zeros.
# With parseTagValue: false, or with a cdataPropName, CDATA is text.
#
# Needs Node and npm. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" fast-xml-parser@5.12.1 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }

cat >read.js <<'JS'
const {XMLParser} = require('fast-xml-parser');
const item = '<item><gtin><![CDATA[00012345600012]]></gtin><id><![CDATA[12E4]]></id><title><![CDATA[true]]></title></item>';
console.log(JSON.stringify(new XMLParser().parse(item)));
console.log(JSON.stringify(new XMLParser({ignoreAttributes: false}).parse('<item gtin="00012345600012" id="12E4"/>')));
console.log(JSON.stringify(new XMLParser({parseTagValue: false}).parse(item)));
JS
node read.js | tee seen

diff seen - <<'SEEN'
{"item":{"gtin":12345600012,"id":120000,"title":true}}
{"item":{"@_gtin":"00012345600012","@_id":"12E4"}}
{"item":{"gtin":"00012345600012","id":"12E4","title":"true"}}
SEEN
echo "as described"
