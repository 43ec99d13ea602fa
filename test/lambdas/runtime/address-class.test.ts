import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressClasses } from '../../../contract/states.ts';
import { addressClassOf } from '../../../lambdas/runtime/address-class.ts';

/** `::ffff:8.8.8.8` (RFC 4291 section 2.5.5.2) as text in its other spelling, `::ffff:808:808`. */
const inHexadecimal = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};

describe('the class of an address', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['fc00::1', 'private'],
    ['fdff:ffff::1', 'private'],
    ['FE80::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['9.255.255.255', 'public-ipv4'],
    ['11.0.0.0', 'public-ipv4'],
    ['172.15.255.255', 'public-ipv4'],
    ['172.32.0.0', 'public-ipv4'],
    ['100.63.255.255', 'public-ipv4'],
    ['100.128.0.0', 'public-ipv4'],
    ['203.0.113.7', 'public-ipv4'],
    ['2001:db8::1', 'public-ipv6'],
    ['fbff::1', 'public-ipv6'],
    ['64:ff9b::7f00:1', 'public-ipv6'],
  ])('%s is %s', (address, expected) => expect(addressClassOf(address)).toBe(expected));

  it.each([
    null,
    undefined,
    '',
    ' 10.0.0.1',
    'localhost',
    '010.0.0.1',
    '10.0.0.1:443',
    '[::1]',
    '10.0.0.1, 203.0.113.7',
    '0.0.0.0',
    '::',
    '::ffff:0.0.0.0',
  ])('%j is unknown: it is no address, or that of nobody', (address) =>
    expect(addressClassOf(address)).toBe('unknown'),
  );

  it('of an address that is mapped into IPv6 is that of the address itself, in either spelling', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const expected = addressClassOf(address);
        expect(addressClassOf(`::ffff:${address}`)).toBe(expected);
        expect(addressClassOf(inHexadecimal(address))).toBe(expected);
      }),
      { examples: [['10.0.0.1'], ['127.0.0.1'], ['8.8.8.8'], ['100.64.0.1']] },
    );
  });

  it('is one of the contract for whatever text there is, and unknown for what is no address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        const found = addressClassOf(text);
        expect(addressClasses).toContain(found);
        if (isIP(text) === 0) expect(found).toBe('unknown');
      }),
    );
  });
});
