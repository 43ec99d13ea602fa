/** The answers in the order of what was asked about, with so many calls at once and no more. */
export const aFewAtOnce = async <Item, Answer>(
  items: readonly Item[],
  atOnceMax: number,
  ask: (item: Item, index: number) => Promise<Answer>,
): Promise<Answer[]> => {
  const answers = new Array<Answer>(items.length);
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) answers[index] = await ask(item, index);
  };
  await Promise.all(Array.from({ length: atOnceMax }, work));
  return answers;
};
