import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { guardDutyScanner } from '../../adapters/guardduty/scanner.ts';
import { mediaTypeSniffer } from '../../adapters/media-type-sniffer.ts';
import { systemClock } from '../../adapters/system.ts';
import { environmentOf } from '../config.ts';
import { awsCalls } from './aws-calls.ts';
import { buildEvents } from './events.ts';
import { buildObjects } from './objects.ts';
import { buildCounted } from './quotas.ts';

export const container = () => {
  const environment = environmentOf('sweep');
  return {
    clock: systemClock,
    ...buildCounted(environment),
    objects: buildObjects(environment.BUCKET_NAME),
    events: buildEvents(environment.EVENT_BUS_NAME),
    scanner: guardDutyScanner(new GuardDutyClient(awsCalls), environment.BUCKET_NAME),
    sniffer: mediaTypeSniffer,
    isScanned: environment.SCANNER !== 'none',
  };
};
