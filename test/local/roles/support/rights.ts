import * as z from 'zod/mini';
import { roleNameOf } from '../../../../local/functions/plan.ts';
import { compilePolicy } from '../../../../local/iam/policy.ts';
import { type NamedDocument, policyDocumentsOf } from '../../../../local/roles/plan.ts';
import type { Rights } from '../../../../local/roles/rights.ts';
import type { Template } from '../../../../local/template/template.ts';

/** One action that a policy allows to the role of a function. */
export interface Right {
  readonly roleName: string;
  /** Of the statement that allows it. */
  readonly sid: string;
  readonly action: string;
  /** As the statement writes them, wildcards included. */
  readonly resources: readonly string[];
}

const Texts = z.union([z.string(), z.array(z.string())]);
const Statement = z.looseObject({
  Sid: z._default(z.string(), ''),
  Effect: z.string(),
  Action: z.optional(Texts),
  Resource: z.optional(Texts),
});
const Document = z.looseObject({ Statement: z.array(Statement) });

const listOf = (texts: z.infer<typeof Texts> = []): readonly string[] => [texts].flat();

const documentsOf = (template: Template, roleName: string): readonly NamedDocument[] =>
  template
    .all('AWS::IAM::Role')
    .filter(({ ref }) => ref === roleName)
    .flatMap((role) => policyDocumentsOf(template, role));

/** Every right that the template gives to a role of a function. */
export const rightsOf = (template: Template): readonly Right[] => {
  const roleNames = new Set(template.all('AWS::Lambda::Function').map(roleNameOf));
  return [...roleNames].flatMap((roleName) =>
    documentsOf(template, roleName)
      .flatMap(({ document }) => z.parse(Document, document).Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Sid: sid, Action, Resource }) =>
        listOf(Action).map((action) => ({ roleName, sid, action, resources: listOf(Resource) })),
      ),
  );
};

/** A policy without an action; none where it is left with no statement. */
const compileWithout = ({ name, document }: NamedDocument, action: string) => {
  const parsed = z.parse(Document, document);
  const statements = parsed.Statement.map((statement) =>
    statement.Effect === 'Allow'
      ? { ...statement, Action: listOf(statement.Action).filter((held) => held !== action) }
      : statement,
  ).filter(({ Action }) => listOf(Action).length > 0);
  return statements.length === 0 ? [] : [compilePolicy({ ...parsed, Statement: statements }, name)];
};

/** The same rights, but for one action of one role. */
export const rightsWithout = (planned: Rights, template: Template, { roleName, action }: Right): Rights => ({
  ...planned,
  roles: planned.roles.map((role) =>
    role.name === roleName
      ? { ...role, policies: documentsOf(template, roleName).flatMap((policy) => compileWithout(policy, action)) }
      : role,
  ),
});

/** Notes by which statement of which role a call was allowed, as `ROLE SID ACTION`. */
export const recording =
  (note: (used: string) => void) =>
  (planned: Rights): Rights => ({
    ...planned,
    roles: planned.roles.map((role) => ({
      ...role,
      policies: role.policies.map((policy) => ({
        ...policy,
        statements: policy.statements.map((statement) => ({
          ...statement,
          applies: (request, context) => {
            const applies = statement.applies(request, context);
            if (applies && statement.effect === 'Allow') note(`${role.name} ${statement.sid} ${request.action}`);
            return applies;
          },
        })),
      })),
    })),
  });
