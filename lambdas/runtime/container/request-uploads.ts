import { hash } from 'node:crypto';
import { problemOf } from '../problem.ts';
import { declarations } from './request-upload.ts';

export const container = () => ({
  ...declarations('request-uploads'),
  problemOf,
  digest: (text: string): string => hash('sha256', text),
});
