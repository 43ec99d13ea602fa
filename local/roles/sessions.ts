import { roleNameIn, roleNameOf } from '../functions/plan.ts';
import type { Template } from '../template/template.ts';
import { type RoleCredentials, roleCredentials } from './credentials.ts';
import type { Role } from './plan.ts';

export interface Sessions {
  /** Undefined for a role that is not in the template. */
  credentialsOf(roleName: string, session: string): RoleCredentials | undefined;
  /** Whose credentials they are, among those that functions and Malware Protection plans of the template have. */
  find(accessKeyId: string): RoleCredentials | undefined;
}

/** The session under which GuardDuty scans (user guide, "Using tag-based access control"). */
export const scannerSession = 'GuardDutyMalwareProtection';

/** One session of its role for each function and each Malware Protection plan of the template. */
export const planSessions = (template: Template, roles: readonly Role[], secret: string): Sessions => {
  const credentialsOf: Sessions['credentialsOf'] = (roleName, session) => {
    const role = roles.find(({ name }) => name === roleName);
    return role && roleCredentials(secret, role, session);
  };
  const assumed = [
    ...template.all('AWS::Lambda::Function').map((resource) => credentialsOf(roleNameOf(resource), resource.ref)),
    ...template
      .all('AWS::GuardDuty::MalwareProtectionPlan')
      .map(({ config }) => credentialsOf(roleNameIn(config.Role), scannerSession)),
  ];
  const sessions = new Map(
    assumed.flatMap((session) => (session === undefined ? [] : [[session.accessKeyId, session] as const])),
  );
  return { credentialsOf, find: (accessKeyId) => sessions.get(accessKeyId) };
};
