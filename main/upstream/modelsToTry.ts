import { coveredBy } from '../contract/modelRules.ts';
import type { CompiledEndpoint } from '../registry/snapshot.ts';

/** An embedding or speech model can't chat; its name usually says so. */
const cannotChat =
  /embed|whisper|tts|dall-e|image|moderation|rerank|transcribe|audio|realtime|search|babbage|davinci|deep-research|computer-use|robotics/i;

/** Ids of on-demand.io come and go: where no list tells which are left, a few are tried. */
const mostTries = 4;

/**
 * Upstream names to see an endpoint by, best first, where the user names none: one of its own, else one of its list.
 * Several only where the first may well be gone.
 */
export function modelsToTry(
  { kind, models, excludedModels, modelMapping }: CompiledEndpoint,
  listed: readonly string[],
): string[] {
  const isServed = (name: string): boolean => coveredBy(excludedModels, name) === null;
  const mapped = Object.values(modelMapping).filter((name) => !name.endsWith('*'));
  const own = [...[...models].filter(isServed), ...mapped];
  const chatting = listed.filter((name) => !cannotChat.test(name) && isServed(name));
  if (kind === 'ondemand') {
    // Its list holds what is active; the rest would be refused.
    const active = [...own.filter((name) => listed.includes(name)), ...chatting];
    return active.length > 0 ? active.slice(0, 1) : [...new Set(own)].slice(0, mostTries);
  }
  // Azure lists what could be deployed, and asking for that would fail.
  const found = own[0] ?? (kind === 'azure' ? undefined : chatting[0]);
  return found === undefined ? [] : [found];
}
