import { expect, it } from 'vitest';
import { findCorsRule } from '../../../local/s3/cors/rules.ts';

const rule = {
  allowedOrigins: ['https://*.staff.example.com', 'http://localhost:*'],
  allowedMethods: ['GET'],
  allowedHeaders: ['x-*-x'],
};
const isAllowed = (origin: string, ...headers: string[]): boolean =>
  findCorsRule([rule], origin, 'GET', headers) !== undefined;

it.each([
  ['https://a.staff.example.com', true],
  ['https://a.b.staff.example.com', true],
  ['http://localhost:8080', true],
  ['https://staff.example.com', false],
  ['https://a.staff.example.com.evil.example', false],
  ['http://a.staff.example.com', false],
  ['http://localhost', false],
])('a wildcard origin allows %s: %s', (origin, allowed) => {
  expect(isAllowed(origin)).toBe(allowed);
});

it.each([
  ['x-amz-x', true],
  ['X-AMZ-X', true],
  ['x--x', true],
  ['x-x', false],
  ['x-amz-y', false],
])('a wildcard header allows %s: %s, its ends not overlapping', (header, allowed) => {
  expect(isAllowed('http://localhost:1', header)).toBe(allowed);
});
