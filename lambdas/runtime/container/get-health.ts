import { environmentOf } from '../config.ts';
import { apiSettings } from './api.ts';

export const container = () => apiSettings(environmentOf('get-health'));
