import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { uuidV7 } from '../../../lambdas/adapters/system.ts';
import { apiEvent, authorizer, lambdaContext } from '../../support/api-event.ts';
import { memoryClaims } from '../../support/memory-claims.ts';

const secrets = {
  fileName: 'SECRET-name.pdf',
  title: 'SECRET-title',
  attributes: { patient: 'SECRET-attribute' },
};
const lines: string[] = [];

/** The logger reads its level once, when the module is loaded. */
const handlerAt = async (level: string, useCase: () => Promise<unknown>) => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', level);
  vi.resetModules();
  const [{ apiHandler }, { routes }] = await Promise.all([
    import('../../../lambdas/runtime/api-handler.ts'),
    import('../../../contract/routes.ts'),
  ]);
  const clock = { now: () => new Date('2026-11-21T10:00:00Z') };
  const settings = { clock, claims: memoryClaims(), ids: uuidV7, allowedOrigins: ['https://a.example'] };
  return apiHandler(routes.requestUpload, useCase as never, settings);
};

const event = () => {
  const body = { mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32), ...secrets };
  const headers = { Authorization: 'Bearer SECRET-token', Origin: 'https://a.example', 'X-Own': 'SECRET-header' };
  return apiEvent(
    { httpMethod: 'POST', body: JSON.stringify(body), headers: { ...headers, 'Content-Type': 'application/json' } },
    { ...authorizer, subjectId: 'SECRET-subject' },
  );
};

beforeEach(() => {
  lines.length = 0;
  for (const level of ['debug', 'info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const codes = () => lines.map((line) => JSON.parse(line).code);
const served = async () => ({
  ok: true,
  value: { document: { revision: 1, metadataRevision: 0, ...secrets }, upload: { url: 'https://SECRET-url' } },
});
const refused = async () => ({ ok: false, failure: { kind: 'not-permitted' } });
const failed = async () => {
  throw new Error('SECRET-message');
};

it.each([
  ['served', served, ['REQUEST_RECEIVED', 'REQUEST_SERVED']],
  ['refused', refused, ['REQUEST_RECEIVED', 'REQUEST_REFUSED']],
  ['failed', failed, ['REQUEST_RECEIVED', 'REQUEST_FAILED']],
])(
  'at DEBUG a request that is %s tells its route and the roles, and nothing of persons and documents',
  async (_, useCase, said) => {
    const handler = await handlerAt('DEBUG', useCase);
    await handler(event(), lambdaContext);
    expect(codes()).toEqual(said);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'POST',
      path: '/v1/documents',
      roles: authorizer.roles,
    });
    expect(lines.join('\n')).not.toContain('SECRET');
  },
);

it('at INFO only what was served is told', async () => {
  await (await handlerAt('INFO', served))(event(), lambdaContext);
  await (await handlerAt('INFO', refused))(event(), lambdaContext);
  expect(codes()).toEqual(['REQUEST_SERVED']);
});
