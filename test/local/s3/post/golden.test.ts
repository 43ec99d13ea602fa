import { expect, it } from 'vitest';
import { authenticateForm } from '../../../../local/s3/post/authenticate-form.ts';
import { checkPolicy } from '../../../../local/s3/post/conditions.ts';
import { parsePolicy } from '../../../../local/s3/post/policy.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';

/**
 * "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)": the policy as AWS prints it in
 * Base64, its form, and its signature.
 */
const policy = [
  'eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2',
  'NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMt',
  'cmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29t',
  'L3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4',
  'LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0s',
  'DQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZP',
  'RE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1B',
  'Qy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9',
].join('');

const form = {
  key: 'user/user1/a.jpg',
  acl: 'public-read',
  success_action_redirect: 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
  'Content-Type': 'image/jpeg',
  'x-amz-meta-uuid': '14365123651274',
  'x-amz-server-side-encryption': 'AES256',
  'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request',
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Date': '20151229T000000Z',
  'x-amz-meta-tag': '',
  Policy: policy,
  'X-Amz-Signature': '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
};

const fieldsOf = (fields: Record<string, string>) =>
  new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), { name, value }]));

const principal = { arn: 'arn:aws:iam::111122223333:user/example', accountId: '111122223333' };
const authenticated = (fields: Record<string, string>) =>
  authenticateForm(fieldsOf(fields), 'us-east-1', (id) =>
    id === 'AKIAIOSFODNN7EXAMPLE'
      ? { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', principal }
      : undefined,
  );

const checked = (fields: Record<string, string>, now: string) => {
  const parsed = parsePolicy(policy);
  if (parsed instanceof Refusal) throw new Error(parsed.message);
  return checkPolicy(parsed, fieldsOf({ bucket: 'sigv4examplebucket', ...fields }), new Date(now));
};

it('proves the signature of the example', () => {
  expect(authenticated(form)).toMatchObject({
    principal,
    claim: { authType: 'POST', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', scope: '20151229/us-east-1/s3/aws4_request' },
  });
});

it('refuses it with any other policy, even one that means the same', () => {
  const text = Buffer.from(policy, 'base64').toString();
  const same = Buffer.from(JSON.stringify(JSON.parse(text))).toString('base64');
  for (const other of [same, `${policy} `, policy.slice(0, -4)]) {
    expect(authenticated({ ...form, Policy: other })).toMatchObject({
      code: 'SignatureDoesNotMatch',
      elements: { StringToSign: other, SignatureProvided: form['X-Amz-Signature'] },
    });
  }
});

it('holds the form of the example to its policy', () => {
  const inTime = '2015-12-30T12:00:00.000Z';
  expect(checked(form, inTime)).toEqual({ sizeBytesMin: 0, sizeBytesMax: Number.POSITIVE_INFINITY });
  expect(checked(form, '2015-12-30T12:00:00.001Z')).toMatchObject({
    message: expect.stringMatching(/Policy expired\.$/),
  });
  expect(checked({ ...form, key: 'user/user2/a.jpg' }, inTime)).toMatchObject({
    code: 'AccessDenied',
    message: 'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/user1/"]',
  });
});
