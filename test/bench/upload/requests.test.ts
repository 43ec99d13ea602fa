import { expect, it } from 'vitest';
import { tallyOf } from '../../../bench/upload/requests.ts';

it('tells how many of what were sent, in the order in which they were sent first', () => {
  expect(tallyOf(['POST to the API', 'PUT to S3', 'PUT to S3'])).toBe('1 POST to the API, 2 PUT to S3');
});
