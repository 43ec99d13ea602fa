import { Refusal } from '../refusal.ts';
import type { SignatureClaim } from './claim.ts';

/** S3 shows what it signed, a policy of POST or a canonical request: the shortest way to a client's mistake. */
export const signatureMismatch = (
  { accessKeyId }: Pick<SignatureClaim, 'accessKeyId'>,
  { text, canonical, provided }: SignedText,
): Refusal =>
  new Refusal('SignatureDoesNotMatch', undefined, {
    AWSAccessKeyId: accessKeyId,
    StringToSign: text,
    SignatureProvided: provided,
    StringToSignBytes: hexBytes(Buffer.from(text)),
    ...(canonical !== undefined && {
      CanonicalRequest: Buffer.from(canonical, 'latin1').toString(),
      CanonicalRequestBytes: hexBytes(Buffer.from(canonical, 'latin1')),
    }),
  });

interface SignedText {
  readonly text: string;
  /** One character per byte. Undefined where no request was signed. */
  readonly canonical?: string;
  readonly provided: string;
}

const hexBytes = (bytes: Buffer): string => bytes.toString('hex').replace(/..(?=.)/g, '$& ');
