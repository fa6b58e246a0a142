import type { Turn } from './turn.ts';

/** The tool's name for each call's id: dialects whose results name the tool and not the call need it. */
export function toolNames(turn: Turn): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { parts } of turn.messages) {
    for (const part of parts) if (part.type === 'toolCall') names.set(part.id, part.name);
  }
  return names;
}
