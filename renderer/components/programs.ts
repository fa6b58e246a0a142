// Who uses a client key, program by program, from the user agents seen with it. Pure.
import type { AgentUse } from '../../main/contract/schemas/views.ts';
import { programName } from './programName.ts';

export interface Program {
  /** Empty where it says nothing of itself. */
  name: string;
  /** Latest first. */
  userAgents: string[];
  /** Unix ms; null where it came before anybody noted it. */
  firstUsedAt: number | null;
  lastUsedAt: number;
  requestsToday: number;
}

/** The programs behind a key's user agents, the latest first. `agents` come latest first too. */
export function programsOf(agents: readonly AgentUse[]): Program[] {
  const programs = new Map<string, Program>();
  for (const { userAgent, firstUsedAt, lastUsedAt, requestsToday } of agents) {
    const name = programName(userAgent);
    const program = programs.get(name);
    if (!program) {
      programs.set(name, { name, userAgents: [userAgent], firstUsedAt, lastUsedAt, requestsToday });
      continue;
    }
    program.userAgents.push(userAgent);
    program.requestsToday += requestsToday;
    if (firstUsedAt === null || program.firstUsedAt === null) program.firstUsedAt = null;
    else program.firstUsedAt = Math.min(program.firstUsedAt, firstUsedAt);
  }
  return [...programs.values()];
}

const dayMs = 86_400_000;
/** For as long as a newcomer is worth a word. */
const newForMs = 3 * dayMs;

/** Programs that came to a key which others had used for a day or more: it may have been copied. */
export function strangersAmong(programs: readonly Program[], now: number): Program[] {
  const first = Math.min(...programs.map(({ firstUsedAt }) => firstUsedAt ?? 0));
  return programs.filter(
    ({ firstUsedAt }) => firstUsedAt !== null && now - firstUsedAt < newForMs && firstUsedAt - first >= dayMs,
  );
}
