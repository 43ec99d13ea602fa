/**
 * Moves `Date` of this thread by an offset that another thread keeps: what is asked for the time, `new Date()`,
 * `Date.now()` and `Date()`, is moved; dates that are made of values are not. Timers run as they did.
 */
export const shiftDate = (buffer: SharedArrayBuffer): void => {
  const MachineDate = Date;
  const offset = new BigInt64Array(buffer);
  const now = () => MachineDate.now() + Number(Atomics.load(offset, 0));
  const ShiftedDate = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  // So that `date.constructor` is the `Date` that everybody sees.
  MachineDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
};
