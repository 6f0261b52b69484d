// Drives a server as its clients do, with npm's fhir-kit-client and Medplum's; npm's fhir judges the XML.
// In: {"base": "http://…/fhir"}. Out: a line for each step, {"step", "error"}.
import assert from 'node:assert/strict';
import { MedplumClient } from '@medplum/core';
import fhirPackage from 'fhir';
import { Client } from 'fhir-kit-client';
import { readFileSync } from 'node:fs';

const { base } = JSON.parse(readFileSync(0, 'utf8'));
const kit = new Client({ baseUrl: base });
const medplum = new MedplumClient({ baseUrl: base.replace(/fhir$/, ''), fhirUrlPath: 'fhir', fetch });
const fhir = new fhirPackage.Fhir();
const key = 'urn:clients';
const identifier = [{ system: key, value: 'kit' }];

async function step(name, run) {
  let error = null;
  try {
    await run();
  } catch (e) {
    error = e.response?.data ? JSON.stringify(e.response.data) : String(e.stack ?? e);
  }

  console.log(JSON.stringify({ step: name, error }));
}

let patient;
await step('kit: capabilities', async () => assert.equal((await kit.capabilityStatement()).fhirVersion, '4.0.1'));
await step('kit: create, read', async () => {
  patient = await kit.create({ resourceType: 'Patient', body: { resourceType: 'Patient', identifier, name: [{ family: 'Kitclient' }] } });
  assert.deepEqual(await kit.read({ resourceType: 'Patient', id: patient.id }), patient);
});
await step('kit: update, vread', async () => {
  const updated = await kit.update({ resourceType: 'Patient', id: patient.id, body: { ...patient, active: true } });
  assert.equal(updated.meta.versionId, '2');
  assert.deepEqual(await kit.vread({ resourceType: 'Patient', id: patient.id, version: '1' }), patient);
});
await step('kit: patch', async () => {
  const jsonPatch = [{ op: 'replace', path: '/active', value: false }];
  assert.equal((await kit.patch({ resourceType: 'Patient', id: patient.id, jsonPatch })).active, false);
});
await step('kit: conditional create and update', async () => {
  const headers = { 'If-None-Exist': `identifier=${key}|kit` };
  const found = await kit.create({ resourceType: 'Patient', body: { resourceType: 'Patient' }, options: { headers } });
  const updated = await kit.update({
    resourceType: 'Patient',
    searchParams: { identifier: `${key}|kit` },
    body: { resourceType: 'Patient', identifier, name: [{ family: 'Kitclient' }], active: true },
  });
  assert.deepEqual([found.id, updated.id], [patient.id, patient.id]);
});
await step('kit: searches', async () => {
  const searchParams = { family: 'Kitclient', _total: 'accurate' };
  assert.equal((await kit.search({ resourceType: 'Patient', searchParams })).total, 1);
  assert.equal((await kit.search({ resourceType: 'Patient', searchParams, options: { postSearch: true } })).total, 1);
  assert.ok((await kit.systemSearch({ searchParams: { _type: 'Patient,Group', _count: 3 } })).entry.length > 0);
  const compartment = { resourceType: 'Patient', id: patient.id };
  assert.equal((await kit.compartmentSearch({ resourceType: 'Observation', compartment })).type, 'searchset');
});
await step('kit: pages', async () => {
  const ids = [];
  for (let page = await kit.search({ resourceType: 'Location', searchParams: { _count: 7 } }); page; page = await kit.nextPage({ bundle: page })) {
    ids.push(...page.entry.map(e => e.resource.id));
  }

  assert.ok(ids.length > 100);
  assert.equal(new Set(ids).size, ids.length);
});
await step('kit: history', async () => {
  assert.equal((await kit.history({ resourceType: 'Patient', id: patient.id })).entry.length, 4);
  assert.ok((await kit.typeHistory({ resourceType: 'Patient' })).entry.length >= 4);
  assert.ok((await kit.systemHistory()).entry.length >= 4);
});
await step('kit: batch, transaction', async () => {
  const request = { method: 'GET', url: `Patient/${patient.id}` };
  const fullUrl = 'urn:uuid:7e5c7d90-31c5-4d0c-9d32-0f5b3f6a3b4d';
  const batch = await kit.batch({ body: { resourceType: 'Bundle', type: 'batch', entry: [{ request }] } });
  assert.equal(batch.entry[0].resource.id, patient.id);
  const transaction = await kit.transaction({
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { fullUrl, resource: { resourceType: 'Organization', name: 'Kit' }, request: { method: 'POST', url: 'Organization' } },
        { resource: { resourceType: 'Patient', managingOrganization: { reference: fullUrl } }, request: { method: 'POST', url: 'Patient' } },
      ],
    },
  });
  const [organization, member] = transaction.entry.map(e => e.resource);
  assert.equal(member.managingOrganization.reference, `Organization/${organization.id}`);
});
await step('kit: operations', async () => {
  const study = { resourceType: 'ResearchStudy', id: 'NCT04521231' };
  assert.ok((await kit.operation({ ...study, name: '$everything', method: 'GET' })).entry.length > 20);
  const outcome = await kit.operation({ resourceType: 'Patient', name: '$validate', input: { resourceType: 'Patient' } });
  assert.equal(outcome.resourceType, 'OperationOutcome');
});
await step('kit: errors, delete', async () => {
  const invalid = kit.create({ resourceType: 'Patient', body: { resourceType: 'Patient', gender: 'x' } });
  await assert.rejects(invalid, e => e.response.status === 422 && e.response.data.resourceType === 'OperationOutcome');
  await kit.delete({ resourceType: 'Patient', id: patient.id });
  await assert.rejects(kit.read({ resourceType: 'Patient', id: patient.id }), e => e.response.status === 410);
});
await step('medplum: a resource from its creation to its deletion', async () => {
  const name = [{ family: 'Medplumclient' }];
  const created = await medplum.createResource({ resourceType: 'Patient', name });
  assert.equal((await medplum.updateResource({ ...created, active: true })).active, true);
  const patched = await medplum.patchResource('Patient', created.id, [{ op: 'replace', path: '/active', value: false }]);
  assert.equal(patched.active, false);
  assert.equal((await medplum.readHistory('Patient', created.id)).entry.length, 3);
  assert.equal((await medplum.searchResources('Patient', 'family=Medplumclient')).length, 1);
  assert.equal((await medplum.createResourceIfNoneExist({ resourceType: 'Patient' }, 'family=Medplumclient')).id, created.id);
  assert.equal((await medplum.upsertResource({ resourceType: 'Patient', name }, 'family=Medplumclient')).id, created.id);
  assert.equal((await medplum.readPatientEverything(created.id)).entry.length, 1);
  await medplum.deleteResource('Patient', created.id);
});

// npm's fhir reads narratives as text and some numbers as strings.
const comparable = resource =>
  JSON.parse(JSON.stringify(resource), (name, value) => name === 'div' ? undefined : typeof value === 'number' ? String(value) : value);
const types = ['ResearchStudy', 'Group', 'PlanDefinition', 'ActivityDefinition', 'Location', 'Organization', 'StructureDefinition', 'ValueSet', 'CodeSystem'];
for (const resourceType of types) {
  await step(`xml: ${resourceType}`, async () => {
    const searchParams = { _count: 50 };
    const json = await kit.search({ resourceType, searchParams });
    const url = `${base}/${resourceType}?_count=50`;
    const xml = fhir.xmlToObj(await (await fetch(url, { headers: { accept: 'application/fhir+xml' } })).text());
    assert.deepEqual(comparable(xml.entry), comparable(json.entry));
  });
}
await step('xml: create', async () => {
  const body = fhir.objToXml({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueQuantity: { value: 1.5, unit: 'g' } });
  const type = 'application/fhir+xml';
  const answer = await fetch(`${base}/Observation`, { method: 'POST', body, headers: { 'content-type': type, accept: type } });
  assert.equal(answer.status, 201);
  assert.equal(fhir.xmlToObj(await answer.text()).code.text, 'x');
});
