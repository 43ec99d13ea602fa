import * as z from 'zod/mini';
import { IdentitySettings } from '../../contract/identity.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';

/**
 * The issuer and audience that the template's authorizer trusts; they must be ours.
 * @throws TemplateError where they are another's.
 */
export const trustedIssuer = (template: Template, origin: string): { issuer: string; audience: string } => {
  for (const { config } of template.all('AWS::Lambda::Function')) {
    const { IDENTITY } = config.Environment?.Variables ?? {};
    if (IDENTITY === undefined) continue;
    const identity = z.parse(IdentitySettings, JSON.parse(IDENTITY));
    if (identity.kind === 'cognito')
      throw new TemplateError('The template trusts tokens of Cognito, which the local cloud does not run.');
    const { issuer, audience } = identity;
    if (issuer === `${origin}/identity`) return { issuer, audience };
    throw new TemplateError(`The template trusts tokens of ${issuer}, but the local cloud runs at ${origin}.`);
  }
  throw new TemplateError('No function of the template has the variable IDENTITY.');
};
