interface Task {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (a: Task, b: Task): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);

/**
 * The true time, in milliseconds since 1970, and everything that is going to happen in it: a binary heap by time, and
 * within one moment by the order in which it was planned. Time passes only by doing the next task.
 */
export class WorldClock {
  now: number;
  #order = 0;
  readonly #heap: Task[] = [];

  constructor(start: number) {
    this.now = start;
  }

  at(time: number, run: () => void): void {
    const task = { time: Math.max(time, this.now), order: this.#order++, run };
    const heap = this.#heap;
    let index = heap.push(task) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Task;
      if (!isBefore(task, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = task;
  }

  after(milliseconds: number, run: () => void): void {
    this.at(this.now + milliseconds, run);
  }

  /** When the next task is due; undefined where there is none. */
  get nextTime(): number | undefined {
    return this.#heap[0]?.time;
  }

  /** Moves time on to the next task and does it. */
  step(): void {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) throw new Error('Nothing is planned.');
    if (heap.length > 0) this.#sink(last);
    this.now = first.time;
    first.run();
  }

  #sink(task: Task): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const below = heap[child] as Task;
      if (!isBefore(below, task)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = task;
  }
}
