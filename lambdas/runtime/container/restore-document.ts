import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';
import { buildDocuments } from './aws.ts';
import { claimSettings } from './claims.ts';
import { buildEvents } from './events.ts';
import { buildObjects } from './objects.ts';

export const container = () => {
  const environment = environmentOf('restore-document');
  return {
    ...apiSettings(environment),
    ...claimSettings(environment.TABLE_NAME),
    documents: buildDocuments(environment.TABLE_NAME),
    objects: buildObjects(environment.BUCKET_NAME),
    events: buildEvents(environment.EVENT_BUS_NAME),
  };
};
