import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Round, RoundResult } from './load.ts';

/** The load generator as a process of its own, so that its work is nobody else's CPU time. */
export function startLoadGenerator() {
  const program = fileURLToPath(new URL('./load.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  return {
    async play(round: Round): Promise<RoundResult> {
      const answer = once(lines, 'line');
      child.stdin.write(`${JSON.stringify(round)}\n`);
      const [line]: string[] = await answer;
      const result: RoundResult | { error: string } = JSON.parse(line ?? '{}');
      if ('error' in result) throw new Error(`round against ${round.url}: ${result.error}`);
      return result;
    },
    stop: () => void child.kill(),
  };
}
