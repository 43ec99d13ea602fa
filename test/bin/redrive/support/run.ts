import { redrive } from '../../../../bin/redrive/redrive.ts';

/** The command as it is called, and what it left behind. Nothing waits. */
export const run = async (...argv: string[]) => {
  const said: string[] = [];
  const complaints: string[] = [];
  const waitsMs: number[] = [];
  const exitCode = await redrive(argv, {
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    wait: async (milliseconds) => void waitsMs.push(milliseconds),
  });
  return { exitCode, said, complaints, waitsMs };
};
