import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemType } from '../../contract/problems.ts';
import type { Document } from '../../contract/schemas/document.ts';
import { findPerson } from '../../local/identity/people.ts';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;
const names = ['patient-north', 'other-patient-north', 'clinician-north', 'patient-south', 'clinician-south'] as const;
const apis = new Map<string, Api>();
const api = (name: (typeof names)[number]): Api => apis.get(name) as Api;
const nora = findPerson('patient-north')?.subjectId ?? '';
const aboutNora = `/v1/subjects/patient/${nora}/documents`;

beforeAll(async () => {
  cloud = await startTestCloud();
  for (const name of names) apis.set(name, await apiOf(cloud, name));
  for (const fileName of ['first.pdf', 'second.pdf', 'third.pdf'])
    await api('patient-north').declare(Buffer.from(fileName), fileName);
  for (const name of ['clinician-north', 'clinician-south'] as const)
    await api(name).declare(Buffer.from(name), `${name}.pdf`);
}, 120_000);
afterAll(() => cloud.close());

const list = async (who: (typeof names)[number], path: string) => {
  const answer = await api(who).call(path);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const page = JSON.parse(answer.text) as { documents: Document[]; totals?: object; nextCursor?: string };
  return { ...page, names: page.documents.map(({ fileName }) => fileName), link: answer.headers.get('link') };
};

/** Changes whom the newest document of the clinician is about. */
const moveTo = async (subject: object | null): Promise<void> => {
  const [{ id } = { id: '' }] = (await list('clinician-north', '/v1/me/documents')).documents;
  const { status, text } = await api('clinician-north').call(`/v1/documents/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
    body: JSON.stringify({ subject }),
  });
  expect([status, text]).toEqual([200, text]);
};

describe('lists, from the template', () => {
  it('are what the caller may see, newest first', async () => {
    const own = ['third.pdf', 'second.pdf', 'first.pdf'];
    expect((await list('patient-north', '/v1/me/documents')).names).toEqual(own);
    expect((await list('patient-north', '/v1/documents')).names).toEqual(own);
    expect((await list('clinician-north', '/v1/me/documents')).names).toEqual(['clinician-north.pdf']);
    expect((await list('clinician-north', '/v1/documents')).names).toEqual(['clinician-north.pdf', ...own]);
    expect((await list('clinician-south', '/v1/documents')).names).toEqual(['clinician-south.pdf']);
    expect((await list('other-patient-north', '/v1/documents')).names).toEqual([]);
  });

  it('say how much there is in all, on the first page', async () => {
    const { totals, nextCursor } = await list('clinician-north', '/v1/documents?limit=1');
    expect(totals).toMatchObject({ documents: 4 });
    expect(await list('clinician-north', `/v1/documents?limit=1&cursor=${nextCursor}`)).not.toHaveProperty('totals');
    expect((await list('patient-north', '/v1/me/documents')).totals).toMatchObject({ documents: 3 });
  });

  it('are followed by their links, filters included, to the end', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/v1/documents?limit=1&text=.PDF&state=pending';
    while (path !== undefined) {
      const page: Awaited<ReturnType<typeof list>> = await list('clinician-north', path);
      seen.push(...page.names);
      const [, target] = /^<(.*)>; rel="next"$/.exec(page.link ?? '') ?? [];
      path = target && `/v1/documents${target}`;
      expect(page.nextCursor === undefined).toBe(path === undefined);
    }
    expect(seen).toEqual(['clinician-north.pdf', 'third.pdf', 'second.pdf', 'first.pdf']);
  });

  it('let pages of the allowed origins read the link', async () => {
    const answer = await api('clinician-north').call('/v1/documents?limit=1', { headers: { Origin: cloud.origin } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('Link');
  });

  it('take a cursor of their own only', async () => {
    const { nextCursor } = await list('patient-north', '/v1/me/documents?limit=1');
    for (const path of ['/v1/documents?', `${aboutNora}?`, '/v1/me/documents?state=pending&'])
      expect(problemOf(await api('patient-north').call(`${path}cursor=${nextCursor}`))).toMatchObject({
        type: problemType(cloud.origin, 'invalid-request'),
        errors: [{ pointer: 'query:cursor' }],
      });
  });

  it('refuse what they do not know, and what comes twice', async () => {
    for (const [query, pointer] of [
      ['limit=1&limit=2', 'query:limit'],
      ['subject=x', 'query:subject'],
      ['createdFrom=today', 'query:createdFrom'],
    ])
      expect(problemOf(await api('patient-north').call(`/v1/me/documents?${query}`))).toMatchObject({
        status: 422,
        errors: [{ pointer }],
      });
  });

  it('of a subject follow the document, and are the patient’s and the staff’s of that tenant', async () => {
    expect((await list('patient-north', aboutNora)).names).toEqual([]);
    await moveTo({ type: 'patient', id: nora });
    expect((await list('patient-north', aboutNora)).names).toEqual(['clinician-north.pdf']);
    expect((await list('clinician-north', aboutNora)).names).toEqual(['clinician-north.pdf']);
    expect((await list('clinician-south', aboutNora)).names).toEqual([]);
    await moveTo({ type: 'patient', id: 'somebody-else' });
    expect((await list('patient-north', aboutNora)).names).toEqual([]);
    await moveTo(null);
    expect((await list('clinician-north', '/v1/subjects/patient/somebody-else/documents')).names).toEqual([]);
  });

  it('of somebody else are refused to patients in the same words, whether there is anything or not', async () => {
    const answers = [];
    for (const who of ['other-patient-north', 'patient-south'] as const)
      for (const path of [aboutNora, '/v1/subjects/patient/nobody/documents', '/v1/subjects/case/c1/documents'])
        answers.push({ ...problemOf(await api(who).call(path)), requestId: '' });
    expect(answers[0]).toMatchObject({ status: 403, type: problemType(cloud.origin, 'not-permitted') });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
