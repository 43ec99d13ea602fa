import * as z from 'zod/mini';
import { Profile } from '../../../contract/profile.ts';
import { systemClock } from '../../adapters/system.ts';
import type { ApiSettings } from '../api-input.ts';

export const apiSettings = (environment: { readonly ALLOWED_ORIGINS: string }): ApiSettings => ({
  clock: systemClock,
  allowedOrigins: z.parse(z.array(z.string()), JSON.parse(environment.ALLOWED_ORIGINS)),
});

export const profileOf = (environment: { readonly PROFILE: string }): Profile =>
  z.parse(Profile, JSON.parse(environment.PROFILE));
