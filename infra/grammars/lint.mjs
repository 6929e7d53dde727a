// Names each thing that is wrong with the OpenAPI or AsyncAPI documents that are its arguments; none is what is hoped for.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const config = await createConfig({
  extends: ['recommended-strict'],
  // Each service's own address is where the demo has it.
  rules: { 'no-server-example.com': 'off' },
});
for (const file of process.argv.slice(2)) {
  for (const problem of await lintFromString({ source: readFileSync(file, 'utf8'), absoluteRef: file, config })) {
    console.log(`${file}${problem.location[0]?.pointer ?? ''}: ${problem.message} (${problem.ruleId})`);
    process.exitCode = 1;
  }
}
