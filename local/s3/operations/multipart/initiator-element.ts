import type { Upload } from '../../store/uploads.ts';
import { element, type Xml } from '../../xml.ts';

/** "If the initiator is an IAM user or role, this element provides its ARN" (Initiator); display names S3 no longer tells. */
export const initiatorElement = ({ initiator }: Upload): Xml | undefined =>
  initiator === '' ? undefined : element('Initiator', element('ID', initiator));
