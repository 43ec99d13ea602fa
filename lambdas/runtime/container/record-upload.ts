import { mediaTypeSniffer } from '../../adapters/media-type-sniffer.ts';
import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';
import { buildEvents } from './events.ts';
import { buildObjects } from './objects.ts';
import { buildCounted } from './quotas.ts';

export const container = () => {
  const environment = environmentOf('record-upload');
  return {
    clock: systemClock,
    ...buildCounted(environment),
    objects: buildObjects(environment.BUCKET_NAME),
    events: buildEvents(environment.EVENT_BUS_NAME),
    sniffer: mediaTypeSniffer,
    isScanned: environment.SCANNER !== 'none',
  };
};
