import type { Agent } from 'node:http';

/** S3 closes connections that rest for some ten to twenty seconds; one that is as old as that may be closed already. */
const idleMilliseconds = 5000;

const agents: { http?: Agent; https?: Agent } = {};

/** Keeps connections for the next part: a new one costs a handshake and starts slowly. They keep no process alive. */
export function nodeAgent(isHttps: boolean): Agent {
  const kind = isHttps ? 'https' : 'http';
  const { Agent: Made } = process.getBuiltinModule(`node:${kind}`);
  agents[kind] ??= new Made({ keepAlive: true, timeout: idleMilliseconds });
  return agents[kind];
}
