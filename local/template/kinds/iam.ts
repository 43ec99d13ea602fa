import * as z from 'zod/mini';
import { emulated, generatedId, noEffect, physicalName } from '../kind.ts';

const roleName = physicalName('RoleName', 64);

const PolicyDocument = z.looseObject({ Statement: z.unknown() });

/** AWS::IAM::Role. Its policies are evaluated on every call that is made in its name, its trust policy at the start. */
export const iamRole = emulated({
  ref: roleName,
  attributes: {
    Arn: (context) => `arn:aws:iam::${context.account}:role/${roleName(context)}`,
    RoleId: generatedId,
  },
  properties: z.strictObject({
    RoleName: z.optional(z.string()),
    AssumeRolePolicyDocument: PolicyDocument,
    ManagedPolicyArns: z._default(z.array(z.string()), []),
    Policies: z._default(z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument })), []),
    Description: noEffect,
    MaxSessionDuration: noEffect,
    Path: z.optional(z.literal('/')),
    Tags: z._default(z.array(z.strictObject({ Key: z.string(), Value: z.string() })), []),
  }),
});

const managedPolicyName = physicalName('ManagedPolicyName', 128);

/** AWS::IAM::ManagedPolicy. */
export const iamManagedPolicy = emulated({
  ref: (context) => `arn:aws:iam::${context.account}:policy/${managedPolicyName(context)}`,
  properties: z.strictObject({
    ManagedPolicyName: z.optional(z.string()),
    PolicyDocument,
    Roles: z._default(z.array(z.string()), []),
    Description: noEffect,
    Path: z.optional(z.literal('/')),
  }),
});

/** AWS::IAM::Policy: inline policies of roles. */
export const iamPolicy = emulated({
  ref: generatedId,
  properties: z.strictObject({ PolicyName: z.string(), PolicyDocument, Roles: z.array(z.string()) }),
});
