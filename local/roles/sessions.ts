import { roleNameOf } from '../functions/plan.ts';
import type { Template } from '../template/template.ts';
import { type RoleCredentials, roleCredentials } from './credentials.ts';
import type { Role } from './plan.ts';

export interface Sessions {
  /** Undefined for a role that is not in the template. */
  credentialsOf(roleName: string, session: string): RoleCredentials | undefined;
  /** Whose credentials they are, among those that the functions of the template have. */
  find(accessKeyId: string): RoleCredentials | undefined;
}

/** One session of its role for each function of the template. */
export const planSessions = (template: Template, roles: readonly Role[], secret: string): Sessions => {
  const credentialsOf: Sessions['credentialsOf'] = (roleName, session) => {
    const role = roles.find(({ name }) => name === roleName);
    return role && roleCredentials(secret, role, session);
  };
  const sessions = new Map(
    template.all('AWS::Lambda::Function').flatMap((resource) => {
      const session = credentialsOf(roleNameOf(resource), resource.ref);
      return session ? [[session.accessKeyId, session] as const] : [];
    }),
  );
  return { credentialsOf, find: (accessKeyId) => sessions.get(accessKeyId) };
};
