import { declarations } from './request-upload.ts';

export const container = () => declarations('request-form');
