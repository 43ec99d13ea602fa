import { type TransitionStorageClass, transitionStorageClasses } from './rule.ts';

/** By default "objects smaller than 128 KB" stay where they are; a rule's own size filter takes the place of it. */
export const sizeBytesMinDefault = 128 * 1024;

/** Where every object may start; from any other class it only goes on to those after it. */
const top = ['STANDARD', 'REDUCED_REDUNDANCY'];

/** "Supported lifecycle transitions": down the waterfall only, and from One Zone-IA into the archives only. */
export function canTransition(from: string, to: TransitionStorageClass): boolean {
  if (top.includes(from)) return true;
  if (from === 'ONEZONE_IA' && to === 'GLACIER_IR') return false;
  const order: readonly string[] = transitionStorageClasses;
  return order.includes(from) && order.indexOf(to) > order.indexOf(from);
}

export const isCheaper = (left: TransitionStorageClass, right: TransitionStorageClass): boolean =>
  transitionStorageClasses.indexOf(left) > transitionStorageClasses.indexOf(right);
