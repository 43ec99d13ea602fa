import { routes } from '../../contract/routes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { container } from '../runtime/container/companion.ts';
import { routesHandler } from '../runtime/routes-handler.ts';
import { companionComplete } from '../usecases/companion/complete.ts';
import { companionCreate } from '../usecases/companion/create.ts';
import { companionCredentials } from '../usecases/companion/credentials.ts';
import { companionForm } from '../usecases/companion/form.ts';
import {
  companionAbort,
  companionListParts,
  companionSignBatch,
  companionSignPart,
} from '../usecases/companion/parts.ts';

const deps = container();

const useCases = {
  companionForm: companionForm(deps),
  companionCreate: companionCreate(deps),
  companionListParts: companionListParts(deps),
  companionSignPart: companionSignPart(deps),
  companionSignBatch: companionSignBatch(deps),
  companionComplete: companionComplete(deps),
  companionAbort: companionAbort(deps),
  companionCredentials: companionCredentials(),
};

/** Both of a call: with an access token in a header, and with an upload token in the path. */
export const handler = routesHandler([
  [routes.companionForm, apiHandler(routes.companionForm, useCases.companionForm, deps)],
  [routes.companionCreate, apiHandler(routes.companionCreate, useCases.companionCreate, deps)],
  [routes.companionListParts, apiHandler(routes.companionListParts, useCases.companionListParts, deps)],
  [routes.companionSignPart, apiHandler(routes.companionSignPart, useCases.companionSignPart, deps)],
  [routes.companionSignBatch, apiHandler(routes.companionSignBatch, useCases.companionSignBatch, deps)],
  [routes.companionComplete, apiHandler(routes.companionComplete, useCases.companionComplete, deps)],
  [routes.companionAbort, apiHandler(routes.companionAbort, useCases.companionAbort, deps)],
  [routes.companionCredentials, apiHandler(routes.companionCredentials, useCases.companionCredentials, deps)],
  [routes.tokenCompanionForm, apiHandler(routes.tokenCompanionForm, useCases.companionForm, deps)],
  [routes.tokenCompanionCreate, apiHandler(routes.tokenCompanionCreate, useCases.companionCreate, deps)],
  [
    routes.tokenCompanionListParts,
    apiHandler(routes.tokenCompanionListParts, useCases.companionListParts as never, deps),
  ],
  [routes.tokenCompanionSignPart, apiHandler(routes.tokenCompanionSignPart, useCases.companionSignPart as never, deps)],
  [
    routes.tokenCompanionSignBatch,
    apiHandler(routes.tokenCompanionSignBatch, useCases.companionSignBatch as never, deps),
  ],
  [routes.tokenCompanionComplete, apiHandler(routes.tokenCompanionComplete, useCases.companionComplete as never, deps)],
  [routes.tokenCompanionAbort, apiHandler(routes.tokenCompanionAbort, useCases.companionAbort as never, deps)],
  [routes.tokenCompanionCredentials, apiHandler(routes.tokenCompanionCredentials, useCases.companionCredentials, deps)],
]);
