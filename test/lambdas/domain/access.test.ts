import { describe, expect, it } from 'vitest';
import { actions, roles } from '../../../contract/roles.ts';
import {
  mayBeAbout,
  mayDeclare,
  mayListAbout,
  mayListOwn,
  permits,
  permitsInTenant,
  reachOf,
} from '../../../lambdas/domain/access.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';

const caller: Caller = { tenantId: 't1', subjectId: 'me', roles: [] };
const own = { tenantId: 't1', ownerId: 'me' };
const aboutMe = { tenantId: 't1', ownerId: 'you', metadata: { subject: { type: 'patient', id: 'me' } } };
const caseOfMyName = { ...aboutMe, metadata: { subject: { type: 'case', id: 'me' } } };
const others = { tenantId: 't1', ownerId: 'you' };
const foreign = [own, aboutMe].map((document) => ({ ...document, tenantId: 't2' }));

/** Written by hand, beside the table and not from it: o own, c about me too, t the tenant's, - nothing. */
const expected = {
  declare: 'ottt',
  upload: 'oooo',
  list: 'cttt',
  read: 'cttt',
  download: 'cttt',
  share: 'cttt',
  readHistory: 'otto',
  update: 'otto',
  delete: 'ooto',
  restore: 'ooto',
  readStatus: '-ttt',
} as const;

describe('who may do what', () => {
  it('is said of every action', () => expect([...actions]).toEqual(Object.keys(expected)));

  const cells = actions.flatMap((action) =>
    roles.map((role, index) => [role, action, expected[action].charAt(index)] as const),
  );

  it.each(cells)('%s, %s: %s', (role, action, reach) => {
    const may = (document: Parameters<typeof permits>[2]) => permits(action, { ...caller, roles: [role] }, document);
    expect(may(own)).toBe(reach !== '-');
    expect(may(aboutMe)).toBe('ct'.includes(reach));
    expect(may(caseOfMyName)).toBe(reach === 't');
    expect(may(others)).toBe(reach === 't');
    for (const document of foreign) expect(may(document)).toBe(false);
    expect(permitsInTenant(action, { ...caller, roles: [role] })).toBe(reach === 't');
    expect(reachOf(action, { ...caller, roles: [role] }).charAt(0)).toBe(reach === '-' ? 'n' : reach);
  });

  it('without a role is nothing, and several roles are all they are together', () => {
    for (const action of actions) expect(permits(action, caller, own)).toBe(false);
    for (const action of actions) expect(reachOf(action, caller)).toBe('nothing');
    expect(reachOf('read', { ...caller, roles: ['patient', 'staff'] })).toBe('tenant');
    expect(reachOf('readHistory', { ...caller, roles: ['service', 'patient'] })).toBe('own');
    expect(mayDeclare(caller)).toBe(false);
    expect(permits('delete', { ...caller, roles: ['patient', 'admin'] }, others)).toBe(true);
    expect(permits('read', { ...caller, roles: ['staff', 'patient'] }, others)).toBe(true);
  });
});

it('whoever may list the tenant’s documents may list those about anybody, a patient those about the patient', () => {
  const patient: Caller = { ...caller, roles: ['patient'] };
  const subject = (type: string, id: string) => ({ type, id });
  expect(mayListAbout(patient, subject('patient', 'me'))).toBe(true);
  for (const other of [subject('patient', 'you'), subject('case', 'me'), subject('patient', '')])
    expect(mayListAbout(patient, other)).toBe(false);
  for (const role of ['staff', 'admin', 'service'] as const)
    expect(mayListAbout({ ...caller, roles: [role] }, subject('case', 'any'))).toBe(true);
  expect(mayListAbout(caller, subject('patient', 'me'))).toBe(false);
  expect([mayListOwn(patient), mayListOwn(caller)]).toEqual([true, false]);
});

it('patients speak of themselves or of nobody, all others of anybody', () => {
  const patient: Caller = { ...caller, roles: ['patient'] };
  expect(mayBeAbout(patient, undefined)).toBe(true);
  expect(mayBeAbout(patient, aboutMe.metadata)).toBe(true);
  expect(mayBeAbout(patient, caseOfMyName.metadata)).toBe(false);
  expect(mayBeAbout(patient, { subject: { type: 'patient', id: 'you' } })).toBe(false);
  for (const role of ['staff', 'admin', 'service'] as const)
    expect(mayBeAbout({ ...caller, roles: [role] }, { subject: { type: 'patient', id: 'you' } })).toBe(true);
});
