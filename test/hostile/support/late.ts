/** A number from 0 to below 1, the same sequence for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A port whose calls take up to `turnsMax` turns of the event loop before they happen, and again before they answer. */
export const late = <Port extends object>(port: Port, random: () => number, turnsMax = 4): Port => {
  const wait = async () => {
    for (let turns = Math.floor(random() * (turnsMax + 1)); turns > 0; turns -= 1) await turn();
  };
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]) => {
        await wait();
        const answer = await member.apply(target, parameters);
        await wait();
        return answer;
      };
    },
  });
};
