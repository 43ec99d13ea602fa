import { describe, expect, it } from 'vitest';
import { accelerated } from '../support/environments.ts';
import { everyEnvironment, resourceOf, resourcesOf, synthesize } from '../support/synthesize.ts';

/** The functions that sign what a browser sends, and so must say where to. */
const senders = ['request-upload', 'request-uploads', 'sign-parts', 'request-form', 'sign-s3-request', 'companion'];

describe.each(synthesize([...everyEnvironment, accelerated]))(
  'where uploads of $environment.name go',
  ({ environment, data, service }) => {
    const isAccelerated = environment === accelerated;

    it('is the nearest edge where the environment says so, and the bucket takes them from there', () => {
      expect(resourceOf(data, 'AWS::S3::Bucket').Properties.AccelerateConfiguration).toEqual(
        isAccelerated ? { AccelerationStatus: 'Enabled' } : undefined,
      );
    });

    it('is told to every function that signs what is sent, and to no other', () => {
      const told = resourcesOf(service, 'AWS::Lambda::Function').flatMap(({ Properties }) => {
        const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
        return Variables.UPLOAD_ENDPOINT === undefined
          ? []
          : [[Variables.POWERTOOLS_SERVICE_NAME, Variables.UPLOAD_ENDPOINT]];
      });
      expect(told).toEqual(senders.map((name) => [name, isAccelerated ? 'accelerated' : 'regional']));
    });
  },
);
