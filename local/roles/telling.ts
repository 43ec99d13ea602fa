import type { Access } from '../aws-json/access.ts';
import type { ReportFault } from '../fault-log.ts';
import { AccessDenied } from '../iam/access-denied.ts';
import type { Authorize } from './authorize.ts';

/** Says of every call that is refused who may not do what: a function may keep to itself what it was told. */
export const telling =
  (authorize: Authorize, report: ReportFault): Access['authorize'] =>
  (request) => {
    const decision = authorize(request, request.resource);
    if (!decision.allowed) report('A call was refused', new AccessDenied(request, decision));
    return decision;
  };
