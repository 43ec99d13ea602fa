import { describe, expect, it } from 'vitest';
import { functions } from '../../../contract/functions.ts';
import { goodForm, goodPut, retag, signed } from '../support/denials.ts';
import { permissionsOf } from '../support/permissions.ts';
import { synthesize } from '../support/synthesize.ts';

const verdict = {
  's3:RequestObjectTag/sealdrop-state': 'incoming',
  's3:RequestObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
  's3:ExistingObjectTag/sealdrop-state': 'incoming',
};

/** Whose policies would allow all of it: only the bucket policy is left to say no. */
const roles = [...Object.keys(functions), 'malware-scanner'];
const readers = ['record-upload', 'sweep', 'malware-scanner'];
const taggers = [...readers, 'apply-scan-result', 'delete-document', 'restore-document'];
const completers = ['complete-upload', 'sign-s3-request', 'companion'];
const formSigners = ['request-upload', 'request-uploads', 'request-form', 'companion'];
const waysToSign = ['REST-QUERY-STRING', 'REST-HEADER', 'POST'];

/** Makes an object of parts: its tags were given when the upload began. */
const { 's3:RequestObjectTag/sealdrop-state': _state, ...untagged } = goodPut;

describe.each(synthesize())('the lock on the documents of $environment.name', ({ environment, ...stage }) => {
  const { decide, bucketArn } = permissionsOf({ environment, ...stage });
  const object = `${bucketArn}/documents/tenant/ab/document`;
  const { account, name } = environment;
  const arnOf = (role: string): string => `arn:aws:iam::${account}:role/sealdrop-${name}-${role}`;

  const may = (arn: string) => {
    const conditions = { ...signed, 'aws:PrincipalArn': arn };
    const allowed = (action: string, more: object): boolean =>
      decide('administrator', action, object, { ...conditions, ...more }).allowed;
    return {
      read: ['s3:GetObject', 's3:GetObjectVersion'].filter((action) => allowed(action, {})),
      open: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'].filter((action) =>
        allowed(action, { ...retag, 's3:RequestObjectTag/sealdrop-state': 'available' }),
      ),
      judge: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'].filter((action) => allowed(action, verdict)),
      complete: decide('administrator', 's3:PutObject', object, { ...untagged, 'aws:PrincipalArn': arn }).allowed,
      replace: waysToSign.filter((authType) => allowed('s3:PutObject', { ...goodForm, 's3:authType': authType })),
    };
  };
  const closed = { read: [], open: [], judge: [], complete: false, replace: [] };
  const tagging = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];

  it.each(roles)(
    'lets %s read what is not verified, open it, keep verdicts, complete uploads and sign forms where that is its work',
    (role) => {
      expect(may(arnOf(role))).toEqual({
        read: readers.includes(role) ? ['s3:GetObject', 's3:GetObjectVersion'] : [],
        open: taggers.includes(role) ? tagging : [],
        judge: taggers.includes(role) ? tagging : [],
        complete: completers.includes(role),
        replace: formSigners.includes(role) ? ['POST'] : [],
      });
    },
  );

  it.each([
    ['whose name only begins like it', (role: string) => arnOf(`${role}2`)],
    ['whose name only ends like it', (role: string) => arnOf(`x-${role}`)],
    ['of another environment', (role: string) => arnOf(role).replace(`sealdrop-${name}`, 'sealdrop-other')],
    ['of another account', (role: string) => arnOf(role).replace(account, '999999999999')],
    ['below a path of roles', (role: string) => arnOf(role).replace(':role/', ':role/team/')],
    ['that is a user', (role: string) => arnOf(role).replace(':role/', ':user/')],
  ])('takes no one for a verifier, the scanner, who completes uploads or who signs forms %s', (_, impostor) => {
    for (const role of [...taggers, ...completers, ...formSigners]) expect(may(impostor(role))).toEqual(closed);
  });
});
