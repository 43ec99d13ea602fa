import type { Profile } from '../contract/profile.ts';
import { defaultProfile } from './default.ts';
import { esanteMedicalDocuments } from './esante-medical-documents.ts';
import { nexusCoreClinicDocuments } from './nexus-core-clinic-documents.ts';
import { patientSummaryFiles } from './patient-summary-files.ts';
import { simplyMedi } from './simplymedi.ts';
import { surgiCase } from './surgicase.ts';

const all: readonly Profile[] = [
  defaultProfile,
  patientSummaryFiles,
  esanteMedicalDocuments,
  nexusCoreClinicDocuments,
  simplyMedi,
  surgiCase,
];

/** The profiles that ship, by name: one for each system that Sealdrop takes the place of, and the default. */
export const profiles: ReadonlyMap<string, Profile> = new Map(all.map((profile) => [profile.name, profile]));

export const profileNames: string = [...profiles.keys()].join(', ');
