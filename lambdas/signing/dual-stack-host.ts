import { dnsSuffixes } from './endpoint.ts';

const region = '[a-z]+(?:-[a-z]+)+-\\d+';
const suffix = dnsSuffixes.map((each) => each.replaceAll('.', '\\.')).join('|');
/** As `s3Endpoint` makes them. */
const ofAws = new RegExp(`^((?:[a-z0-9-]+\\.)?s3(?:-accelerate)?)\\.((?:${region}\\.)?(?:${suffix}))$`);
const ofThisMachine = /^127\.0\.0\.1(?=:|$)/;

/**
 * Another name of the same host, the one that serves IPv6 too (S3 user guide, "Using Amazon S3 dual-stack endpoints"); of
 * this machine `localhost`. With the port, where there is one. Undefined where no other name is known.
 */
export const dualStackHostOf = (host: string): string | undefined => {
  if (ofThisMachine.test(host)) return host.replace(ofThisMachine, 'localhost');
  return ofAws.test(host) ? host.replace(ofAws, '$1.dualstack.$2') : undefined;
};
