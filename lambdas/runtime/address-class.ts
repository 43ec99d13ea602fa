import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { AddressClass } from '../../contract/states.ts';

/** RFC 1918, RFC 6598 (shared), RFC 3927 (link-local); RFC 4193 and RFC 4291 for IPv6. */
const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  privateRanges.addSubnet(network, prefix, 'ipv4');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Addresses that stand for none: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2. */
const unspecified = new BlockList();
unspecified.addSubnet('0.0.0.0', 8, 'ipv4');
unspecified.addAddress('::', 'ipv6');

/** IPv4 in the notation of IPv6, RFC 4291 section 2.5.5.2. The lists above look through it by themselves. */
const mappedIPv4 = new BlockList();
mappedIPv4.addSubnet('::ffff:0:0', 96, 'ipv6');

/** What an audit keeps of a client's address: which kind it was, never which. */
export const addressClassOf = (address: string | null | undefined): AddressClass => {
  const text = address ?? '';
  const family = isIPv4(text) ? 'ipv4' : isIPv6(text) ? 'ipv6' : undefined;
  if (family === undefined || unspecified.check(text, family)) return 'unknown';
  if (loopback.check(text, family)) return 'loopback';
  if (privateRanges.check(text, family)) return 'private';
  return family === 'ipv4' || mappedIPv4.check(text, family) ? 'public-ipv4' : 'public-ipv6';
};
