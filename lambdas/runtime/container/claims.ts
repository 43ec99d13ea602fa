import { dynamoClaims } from '../../adapters/dynamodb/claims.ts';
import { uuidV7 } from '../../adapters/system.ts';
import type { ClaimSettings } from '../claim-request.ts';
import { documentClient } from './aws.ts';
import { awsCalls } from './aws-calls.ts';

export const claimSettings = (tableName: string): ClaimSettings => ({
  claims: dynamoClaims({ client: documentClient(awsCalls), tableName }),
  ids: uuidV7,
});
