#!/usr/bin/env bash
# Papa Parse 5.7.1 (npm papaparse), delimiter not set, so it is guessed: a short price list with semicolons, as German spreadsheets write it.
#
# Good guess: each line has the same number of semicolons and a varying number of commas, so the delimiter is the semicolon. A line break
# at the end of the file ends the last line and changes nothing.
# Real: without the line break at the end the guess is ";". With it, as nearly every file has it, the guess is ",": the empty line after it
# counts as a row of one field, so that a file of two columns has less than 1.99 fields on average, and the right delimiter is
# out. Files of three columns, or of ten lines and more (the guess looks at ten), are read well: a test with more data passes.
# With skipEmptyLines: true the guess is ";" again. So it goes with "|" and a comma in a description.
# Seen with the break: delimiter ",", first row {"Name;Preis":"Tasse","__parsed_extra":[" rot;1","50"]}.
#
# Needs Node and npm. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" papaparse@5.7.1 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }

cat >guess.js <<'JS'
const Papa = require('papaparse');
const files = {
  semicolons: 'Name;Preis\nTasse, rot;1,50\nTasse, blau;2,50',
  bars: 'sku|description\n1|small, red\n2|large, blue',
};
for (const [name, text] of Object.entries(files)) {
  for (const [kind, input, options] of [
    ['no break at the end', text, {}],
    ['break at the end', text + '\n', {}],
    ['break, skipEmptyLines', text + '\n', {skipEmptyLines: true}],
  ]) {
    const read = Papa.parse(input, {header: true, ...options});
    console.log(`${name}, ${kind}: delimiter ${read.meta.delimiter} first ${JSON.stringify(read.data[0])}`);
  }
}
JS
node guess.js | tee seen

diff seen - <<'SEEN'
semicolons, no break at the end: delimiter ; first {"Name":"Tasse, rot","Preis":"1,50"}
semicolons, break at the end: delimiter , first {"Name;Preis":"Tasse","__parsed_extra":[" rot;1","50"]}
semicolons, break, skipEmptyLines: delimiter ; first {"Name":"Tasse, rot","Preis":"1,50"}
bars, no break at the end: delimiter | first {"sku":"1","description":"small, red"}
bars, break at the end: delimiter , first {"sku|description":"1|small","__parsed_extra":[" red"]}
bars, break, skipEmptyLines: delimiter | first {"sku":"1","description":"small, red"}
SEEN
echo "as described"
