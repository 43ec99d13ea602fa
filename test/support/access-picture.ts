import { actions, type Role, roleNames, roles } from '../../contract/roles.ts';
import { type Route, routes } from '../../contract/routes.ts';
import { reachOf } from '../../lambdas/domain/access.ts';

const words = { nothing: '–', own: 'own', concerned: 'own, and about them', tenant: "the tenant's" };

const reach = (action: (typeof actions)[number], role: Role): string =>
  words[reachOf(action, { tenantId: 'a-tenant', subjectId: 'somebody', roles: [role] })];

const namesOf = (role: Role): string =>
  Object.keys(roleNames)
    .filter((name) => roleNames[name] === role)
    .map((name) => `\`${name}\``)
    .join(', ');

/** docs/access.md, drawn from the tables. Write it anew with `npx vitest run test/lambdas/access -u`. */
export const accessPicture = (): string => {
  const rights = actions.map((action) => `| ${action} | ${roles.map((role) => reach(action, role)).join(' | ')} |`);
  const calls = Object.values<Route>(routes).map(
    ({ method, path, scopes, isPublic }) =>
      `| \`${method} ${path}\` | ${isPublic ? 'none: anybody may' : scopes.map((scope) => `\`${scope}\``).join(', ')} |`,
  );
  return `# Who may do what

Drawn from the tables in \`lambdas/domain/access.ts\` and \`contract/routes.ts\`; a test fails where this page differs.
\`test/lambdas/access\` calls every route with every set of roles, on documents near and far, with and without its scope.

A call must be allowed twice. The **scope** says what the application may do for its user; it is of the access token, and looked
at before anything is read. The **role** says which documents its user may do it with; what no line allows is not allowed. Nobody
ever reaches into another tenant: a document of another tenant, one that the caller may not read, and one that does not exist
are the same answer, byte for byte. Who may read a document, and not do what was asked, is told so (403).

## Roles

\`own\`: what the caller declared. *About them*: the document's subject is the patient who asks. Of several roles the
farther reach counts; without a role there is none.

| | ${roles.join(' | ')} |
|---|${roles.map(() => '---').join('|')}|
| names in tokens | ${roles.map(namesOf).join(' | ')} |
${rights.join('\n')}

Patients declare about themselves or about nobody, so that nobody fills the list of another.

## Scopes

| call | scope |
|---|---|
${calls.join('\n')}

## Where roles and tenant come from

Only from verified claims of the access token, as the environment's \`identity\` says ([ADR 012](adr/012-identity.md),
[ADR 033](adr/033-cognito.md)): with \`oidc\` from the two claims it names, with \`cognito\` from the groups \`tenant:NAME\` and
\`role:NAME\`, which only administrators of the pool change, and for back ends from the scope \`tenants/NAME\`.
`;
};
