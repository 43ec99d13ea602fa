import { createHmac } from 'node:crypto';
import { type Route, routes } from '../../../contract/routes.ts';
import type { Draw } from './random.ts';
import { canary } from './requests.ts';

/** A request as it is on the wire, the path before anything made it well-formed. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string | undefined;
}

const all = Object.values<Route>(routes);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that nobody gave out. Each holds the canary, so that an answer that tells of it is seen. */
const forgeries = (good: string, draw: Draw): string => {
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), jti: canary };
  const changed = part({ ...claims, tenant_id: 'south-clinic', roles: ['admin'] });
  return draw.pick([
    `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`,
    `${header}.${changed}.${signature}`,
    `${part({ alg: 'HS256', typ: 'at+jwt' })}.${changed}.${createHmac('sha256', header).update(changed).digest('base64url')}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    `${header}.${payload}`,
    `${canary}.${canary}.${canary}`,
    `${good}${canary}`,
    canary,
    '',
    '..',
    'x'.repeat(6000),
  ]);
};

const brokenPieces = [
  '%',
  '%2',
  '%zz',
  '%ff',
  '%00',
  '%2f',
  '%2e%2e',
  '..',
  '//',
  ';a=b',
  '%F0%9F%98%80',
  '+',
  '%0d%0aX-Evil:1',
  '*',
];

const pathOf = (path: string, documentId: string, draw: Draw): string => {
  const filled = path.replace(/\{\w+\}/g, () => (draw.chance(0.5) ? documentId : draw.pick(brokenPieces)));
  const broken = draw.chance(0.2) ? `${filled}${draw.pick(['/', ''])}${draw.pick(brokenPieces)}` : filled;
  const name = draw.pick(['limit', 'cursor', 'limit', '__proto__', 'q%', '%00', '']);
  const query = `${name}=${draw.pick(['1', '0', '-1', '%', '%ff', '1&limit=2', '1&limit=', 'a&cursor=b&cursor=c', '[]'])}`;
  return draw.chance(0.4) ? `${broken}?${query}` : broken;
};

const methods = ['GET', 'GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'QUERY', 'PROPFIND'];

export const drawWireRequest = (good: string, documentId: string, draw: Draw): WireRequest => {
  const route = draw.pick(all);
  const method = draw.chance(0.3) ? draw.pick(methods) : route.method;
  const token = draw.chance(0.4) ? good : draw.chance(0.1) ? undefined : forgeries(good, draw);
  const body =
    route.body === undefined && draw.chance(0.8) ? undefined : draw.pick(['{}', '{', '[]', '', '{"title":"x"}']);
  return {
    method,
    path: pathOf(route.path, documentId, draw),
    token,
    body: method === 'GET' || method === 'HEAD' ? undefined : body,
  };
};
