import type { LocalS3Options } from '../configuration.ts';
import type { Faults } from './faults.ts';
import { reorder } from './random.ts';

type Deliver = LocalS3Options['deliver'];
type Message = Parameters<Deliver>[0];

/** Thrown for a message that is to come later: it stays in the outbox, also over a crash, and is offered again. */
class NotYet extends Error {}

interface Fate {
  readonly isDropped: boolean;
  readonly times: number;
  /** Real time in milliseconds since the epoch. */
  readonly notBefore: number;
  readonly group: Group | undefined;
}

interface Group {
  readonly id: number;
  readonly size: number;
  readonly seed: number;
  readonly held: Map<string, Message>;
  isReleased: boolean;
}

/**
 * Lets the events of a local S3 be dropped, doubled, delayed and reordered on their way into the queues. The fate of a
 * message is drawn once, when it is offered first; a message is known by its body, which holds the id of its request.
 */
export function disturbDelivery(faults: Faults, deliver: Deliver): Deliver {
  const fates = new Map<string, Fate>();
  const groups = new Map<number, Group>();

  const draw = (now: number): Fate => {
    const fate = { isDropped: false, times: 1, notBefore: now, group: undefined as Group | undefined };
    for (const command of faults.takeForEvent()) {
      if (command.kind === 'drop-events') fate.isDropped = true;
      if (command.kind === 'duplicate-events') fate.times += 1;
      if (command.kind === 'delay-events') fate.notBefore = Math.max(fate.notBefore, now + command.delayMs);
      if (command.kind === 'reorder-events') {
        const { id, count: size, seed } = command;
        const group = groups.get(id) ?? { id, size, seed, held: new Map(), isReleased: false };
        groups.set(id, group);
        fate.group ??= group;
      }
    }
    return fate;
  };

  const sendAll = async (message: Message, { isDropped, times }: Fate): Promise<void> => {
    for (let sent = 0; sent < (isDropped ? 0 : times); sent++) await deliver(message);
  };

  /** Whether the message was sent with its group; those before it in the group are sent when the last one comes. */
  const sendWithGroup = async (group: Group, key: string, message: Message): Promise<void> => {
    if (group.isReleased) return;
    group.held.set(key, message);
    if (group.held.size < group.size) throw new NotYet();
    for (const held of reorder([...group.held], group.seed)) {
      const fate = fates.get(held[0]);
      if (fate) await sendAll(held[1], fate);
    }
    group.isReleased = true;
  };

  faults.onClear(() => {
    const armed = new Set(faults.list().map(({ id }) => id));
    for (const [key, fate] of fates) {
      const { group } = fate;
      if (group !== undefined && !group.isReleased && !armed.has(group.id)) fates.delete(key);
      else if (group === undefined) fates.set(key, { ...fate, notBefore: 0 });
    }
  });

  return async (message) => {
    const now = Date.now();
    const key = `${message.queueArn} ${message.body}`;
    const fate = fates.get(key) ?? draw(now);
    fates.set(key, fate);
    if (now < fate.notBefore) throw new NotYet();
    if (fate.group) await sendWithGroup(fate.group, key, message);
    else await sendAll(message, fate);
    fates.delete(key);
  };
}
