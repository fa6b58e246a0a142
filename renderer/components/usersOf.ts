import type { AgentUse } from '../../main/contract/schemas/views.ts';
import { programsOf } from './programs.ts';

/** Who came within this time is taken for somebody who will come again. */
const recentMs = 14 * 86_400_000;

/** The programs by name that use a secret, the latest first. `now` is Unix ms. */
export function usersOf(agents: readonly AgentUse[], now: number): string[] {
  return programsOf(agents)
    .filter((program) => program.name !== '' && program.lastUsedAt > now - recentMs)
    .map((program) => program.name);
}
