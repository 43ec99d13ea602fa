import { BlockList, isIP } from 'node:net';
import { PolicyError } from '../policy-error.ts';
import type { Comparator } from './comparator.ts';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A range in CIDR notation (RFC 4632, RFC 4291) or one address. */
export const ipAddress: Comparator = (expected, where) => {
  const [address = '', prefix, ...rest] = expected.split('/');
  const lengthMax = isIP(address) === 6 ? 128 : 32;
  const length = prefix === undefined ? lengthMax : Number(prefix);
  const readable = isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix));
  if (!readable || length > lengthMax) throw new PolicyError(where, `"${expected}" is no IP address or CIDR range`);
  const range = new BlockList();
  range.addSubnet(address, length, familyOf(address));
  return (actual) => isIP(actual) !== 0 && range.check(actual, familyOf(actual));
};
