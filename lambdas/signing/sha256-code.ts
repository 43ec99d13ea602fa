import { type Code, moduleOf, op } from './wasm.ts';

/**
 * SHA-256 (FIPS 180-4) of four messages at once: each 32-bit lane of a vector belongs to another message. Native hashes
 * are faster for one long message, but for many short ones a call each costs more than the hashing.
 */

const locals = ['state', 'message', 'stride', 'blocks', 'constants'] as const;
const number = (name: (typeof locals)[number]): Code => op.get(locals.indexOf(name));
const setNumber = (name: (typeof locals)[number], value: Code): Code => op.set(locals.indexOf(name), value);

/** The vectors among the locals: the eight working variables, the last sixteen words, and four to turn rows in. */
const working = locals.length;
const schedule = working + 8;
const rows = schedule + 16;
const vectors = 28;

const rotate = (value: Code, bits: number): Code => op.or(op.shiftRight(value, bits), op.shiftLeft(value, 32 - bits));
const sum = (...values: Code[]): Code => values.reduce((left, right) => op.add(left, right));
const xor = (...values: Code[]): Code => values.reduce((left, right) => op.xor(left, right));
const times = (count: number, code: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => code(index)).flat();

/** Bytes of a shuffle that picks whole words, each with its first byte first or last. */
const words = (...picked: number[]): Code => picked.flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte));
const turnedWords = (...picked: number[]): Code =>
  picked.flatMap((word) => [3, 2, 1, 0].map((byte) => word * 4 + byte));

const messageOf = (lane: number): Code =>
  lane === 0 ? number('message') : op.addNumbers(messageOf(lane - 1), number('stride'));

/** Four words of each message: loaded as rows, big-endian as SHA-256 reads them, and made the columns they are worked on as. */
const loadQuarter = (quarter: number): Code => {
  const load = (lane: number): Code => op.load(messageOf(lane), quarter * 16);
  const row = (index: number): Code => op.get(rows + index);
  const column = (word: number, pair: number, picked: Code): Code =>
    op.set(schedule + quarter * 4 + word, op.shuffle(row(pair), row(pair + 1), picked));
  return [
    ...op.set(rows, op.shuffle(load(0), load(1), turnedWords(0, 4, 1, 5))),
    ...op.set(rows + 1, op.shuffle(load(2), load(3), turnedWords(0, 4, 1, 5))),
    ...op.set(rows + 2, op.shuffle(load(0), load(1), turnedWords(2, 6, 3, 7))),
    ...op.set(rows + 3, op.shuffle(load(2), load(3), turnedWords(2, 6, 3, 7))),
    ...column(0, 0, words(0, 1, 4, 5)),
    ...column(1, 0, words(2, 3, 6, 7)),
    ...column(2, 2, words(0, 1, 4, 5)),
    ...column(3, 2, words(2, 3, 6, 7)),
  ];
};

/** Section 6.2.2, step 1: the next word takes the place of the one that was needed last sixteen rounds ago. */
const nextWord = (t: number): Code => {
  const back = (count: number): Code => op.get(schedule + ((t + 16 - count) % 16));
  const sigma1 = xor(rotate(back(2), 17), rotate(back(2), 19), op.shiftRight(back(2), 10));
  const sigma0 = xor(rotate(back(15), 7), rotate(back(15), 18), op.shiftRight(back(15), 3));
  return op.set(schedule + t, sum(sigma1, back(7), sigma0, back(16)));
};

/** Step 3. Nothing is moved from variable to variable: in each round they change their names. */
const oneRound = (t: number): Code => {
  const variable = (name: string): number => working + (('abcdefgh'.indexOf(name) + 64 - t) % 8);
  const get = (name: string): Code => op.get(variable(name));
  const sigma1 = xor(rotate(get('e'), 6), rotate(get('e'), 11), rotate(get('e'), 25));
  const sigma0 = xor(rotate(get('a'), 2), rotate(get('a'), 13), rotate(get('a'), 22));
  const choice = op.select(get('f'), get('g'), get('e'));
  const majority = op.select(get('c'), get('b'), op.xor(get('a'), get('b')));
  const constant = op.loadSplat(number('constants'), t * 4);
  return [
    ...op.set(variable('h'), sum(get('h'), sigma1, choice, constant, op.get(schedule + t))),
    ...op.set(variable('d'), op.add(get('d'), get('h'))),
    ...op.set(variable('h'), sum(get('h'), sigma0, majority)),
  ];
};

const stateWord = (index: number): Code => op.load(number('state'), index * 16);

const oneBlock = (): Code => [
  ...times(4, loadQuarter),
  ...times(8, (index) => op.set(working + index, stateWord(index))),
  ...setNumber('constants', op.number(0)),
  ...times(16, oneRound),
  ...op.repeat(
    [
      ...setNumber('constants', op.addNumbers(number('constants'), op.number(64))),
      ...times(16, (t) => [...nextWord(t), ...oneRound(t)]),
    ],
    op.subtractNumbers(op.number(192), number('constants')),
  ),
  ...times(8, (index) => op.store(number('state'), index * 16, op.add(stateWord(index), op.get(working + index)))),
];

/**
 * `run(state, message, stride, blocks)` hashes one block or more of 64 bytes of each lane's message into the eight
 * vectors at `state`; the message of a lane begins `stride` bytes behind that of the one before. The constants of the
 * rounds must stand at address 0.
 */
export const sha256Module = (): Uint8Array<ArrayBuffer> =>
  moduleOf(
    op.repeat(
      [
        ...oneBlock(),
        ...setNumber('message', op.addNumbers(number('message'), op.number(64))),
        ...setNumber('blocks', op.subtractNumbers(number('blocks'), op.number(1))),
      ],
      number('blocks'),
    ),
    { parameters: 4, numbers: 1, vectors },
  );
