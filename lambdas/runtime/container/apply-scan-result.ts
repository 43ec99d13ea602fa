import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';
import { buildDocuments } from './aws.ts';
import { buildEvents } from './events.ts';
import { buildObjects } from './objects.ts';

export const container = () => {
  const environment = environmentOf('apply-scan-result');
  return {
    clock: systemClock,
    bucketName: environment.BUCKET_NAME,
    documents: buildDocuments(environment.TABLE_NAME),
    objects: buildObjects(environment.BUCKET_NAME),
    events: buildEvents(environment.EVENT_BUS_NAME),
  };
};
