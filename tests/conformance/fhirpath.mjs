// Evaluates with npm fhirpath. stdin: { folder | resources, now, cases: [[expression, file], ...] }, where file is a name in
// the folder or in resources; stdout: one line each, an array of results or { error }.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { readInput, write } from './lines.mjs';

console.log = console.warn = () => {};
const { folder, resources: given = {}, now, cases } = await readInput();
if (now) {
  // The judge takes the time of now() and today() from the clock.
  const Clock = Date;
  globalThis.Date = class extends Clock {
    constructor(...parts) {
      super(...(parts.length ? parts : [now]));
    }
  };
}
const resources = new Map();
const compiled = new Map();
for (const [expression, file] of cases) {
  try {
    if (!resources.has(file)) {
      resources.set(file, given[file] ?? JSON.parse(readFileSync(join(folder, file), 'utf8')));
    }
    if (!compiled.has(expression)) {
      compiled.set(expression, fhirpath.compile(expression, r4, { async: false }));
    }
    const resource = resources.get(file);
    write(compiled.get(expression)(resource, { resource, rootResource: resource }));
  } catch (error) {
    write({ error: String(error.message ?? error) });
  }
}
