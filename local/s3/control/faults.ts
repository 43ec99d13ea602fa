import type { CallCommand, Command, EventCommand } from './commands.ts';
import { randomNumbers } from './random.ts';

export interface ArmedFault {
  readonly id: number;
  readonly command: Command;
  /** How many calls or events it will still happen to. */
  readonly left: number;
}

/** What tests do to a local S3. In-process they hold this; from outside it is behind the control surface. */
export interface Faults {
  arm(command: Command): ArmedFault;
  /** What is armed and has not happened often enough yet, oldest first. */
  list(): readonly ArmedFault[];
  /** Takes one back, or all; events that were held are let go. Whether there was such a one. */
  clear(id?: number): boolean;
  /** The faults that happen to this call; each counts as having happened. */
  takeForCall(operation: string): readonly CallCommand[];
  /** The faults that happen to this event; those that reorder stay until they are cleared or `use`d up. */
  takeForEvent(): readonly (EventCommand & { readonly id: number })[];
  /** Called when faults were taken back. */
  onClear(listener: () => void): void;
}

interface Armed {
  readonly id: number;
  readonly command: Command;
  left: number;
  readonly random: () => number;
}

const isOfCall = (command: Command): command is CallCommand => 'operation' in command;

export function createFaults(): Faults {
  let lastId = 0;
  let armed: Armed[] = [];
  const listeners: (() => void)[] = [];

  /** Of one that picks by seed, every call or event it meets draws a number, so the same order meets the same fate. */
  const take = (fault: Armed): boolean => {
    const { command } = fault;
    if ('share' in command && fault.random() >= command.share) return false;
    fault.left -= 1;
    return true;
  };
  const takeAll = (fits: (command: Command) => boolean): readonly Armed[] => {
    const taken = armed.filter((fault) => fits(fault.command) && take(fault));
    armed = armed.filter(({ left }) => left > 0);
    return taken;
  };

  return {
    arm: (command) => {
      lastId += 1;
      const fault = { id: lastId, command, left: command.count, random: randomNumbers(command.seed) };
      armed.push(fault);
      return { id: fault.id, command, left: fault.left };
    },
    list: () => armed.map(({ id, command, left }) => ({ id, command, left })),
    clear: (id) => {
      const before = armed.length;
      armed = id === undefined ? [] : armed.filter((fault) => fault.id !== id);
      for (const listener of listeners) listener();
      return armed.length < before;
    },
    takeForCall: (operation) =>
      takeAll((command) => isOfCall(command) && ['*', operation].includes(command.operation))
        .map(({ command }) => command)
        .filter(isOfCall),
    takeForEvent: () =>
      takeAll((command) => !isOfCall(command)).flatMap(({ id, command }) =>
        isOfCall(command) ? [] : [{ ...command, id }],
      ),
    onClear: (listener) => void listeners.push(listener),
  };
}
