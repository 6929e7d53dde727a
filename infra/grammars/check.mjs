// Reads [{where, language, text}] and names each that has an error; none is what is hoped for.
import { readFileSync } from 'node:fs';
import { parser as loki } from '@grafana/lezer-logql';
import { parser as tempo } from '@grafana/lezer-traceql';

const parsers = { loki, tempo };
for (const { where, language, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  parsers[language].parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) {
        console.log(`${where}: ${text}\n  is no ${language} query from character ${node.from} on`);
        process.exitCode = 1;
      }
    },
  });
}
