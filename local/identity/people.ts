/** Somebody to sign in as on one machine. There are no passwords: this provider never leaves the loopback interface. */
export interface Person {
  /** What one types: `--as patient-north`. */
  readonly name: string;
  readonly displayName: string;
  readonly role: 'patient' | 'clinician' | 'admin' | 'service';
  /** The `tenant_id` claim: 1 to 64 of a-z, 0-9 and hyphen, because it becomes part of object keys. */
  readonly tenantId: string;
  readonly tenantName: string;
  /** The `sub` claim: opaque and never reused, as a real provider's are. */
  readonly subjectId: string;
}

const north = { tenantId: 'north-clinic', tenantName: 'North Clinic' };
const south = { tenantId: 'south-clinic', tenantName: 'South Clinic' };

export const people: readonly Person[] = [
  {
    name: 'patient-north',
    displayName: 'Nora Lindqvist',
    role: 'patient',
    ...north,
    subjectId: 'c887c2ad-b5ad-4ec5-be9d-3f1976ed9040',
  },
  {
    name: 'other-patient-north',
    displayName: 'Elias Holm',
    role: 'patient',
    ...north,
    subjectId: '3f0a5c7e-9a4f-4d0e-8f6b-2f7f0f3a9d11',
  },
  {
    name: 'clinician-north',
    displayName: 'Dr Amara Okafor',
    role: 'clinician',
    ...north,
    subjectId: 'a734a8ae-ec2f-4b39-bb77-47d435fad69b',
  },
  {
    name: 'admin-north',
    displayName: 'Tomas Berg',
    role: 'admin',
    ...north,
    subjectId: '65fd1ec2-60be-41ed-bcf3-1193b666ee91',
  },
  {
    name: 'service-north',
    displayName: 'Report generator',
    role: 'service',
    ...north,
    subjectId: 'd2b1f9a4-6d55-4c3c-b1a7-54f1f2c8e6b3',
  },
  {
    name: 'patient-south',
    displayName: 'Paulo Reyes',
    role: 'patient',
    ...south,
    subjectId: '85228043-4be8-46e0-b9d4-e52459a17cb1',
  },
  {
    name: 'clinician-south',
    displayName: 'Dr Inès Moreau',
    role: 'clinician',
    ...south,
    subjectId: 'b80dc936-25b9-4b45-bf6d-7df1d8a6091f',
  },
  {
    name: 'admin-south',
    displayName: 'Grace Kim',
    role: 'admin',
    ...south,
    subjectId: '890e41f8-a61e-4b8d-9abe-714521a837a3',
  },
];

export const findPerson = (name: string | undefined): Person | undefined =>
  people.find((person) => person.name === name);

/** For sentences that say who there is. */
export const personNames: string = people.map(({ name }) => name).join(', ');
