import { AnyPrincipal, Effect, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A statement as it stands in the template: a speaking name, actions written out. */
export interface Statement {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | number | string[]>>>>;
}

/** For the policy of a role. */
export const allow = (statement: Statement): PolicyStatement => new PolicyStatement(statement);

/** For the policy of a resource: what one principal may do. */
export const allowPrincipal = (principal: IPrincipal, statement: Statement): PolicyStatement =>
  new PolicyStatement({ ...statement, principals: [principal] });

/** For the policy of a resource: what nobody may do, whatever else allows it. */
export const deny = (statement: Statement): PolicyStatement =>
  new PolicyStatement({ ...statement, effect: Effect.DENY, principals: [new AnyPrincipal()] });
