// Web pages that were refused wait here for the user's word; each is asked about once.
import type { Problems } from './problems.ts';

export interface Origins {
  /** A page of this origin called and was refused. */
  seen(origin: string): void;
  /** Takes the question back; a refused origin is not asked about again until the next start. */
  decide(origin: string, allow: boolean): void;
  /** These are in the settings: whoever wrote them there has answered. */
  allowed(origins: readonly string[]): void;
}

/** More sites than this asking at once is an attack on the window, not a question. */
const maxWaiting = 10;
const longestOrigin = 300;

export function createOrigins(deps: { problems: Problems }): Origins {
  const waiting = new Set<string>();
  const refused = new Set<string>();

  function answered(origin: string): void {
    waiting.delete(origin);
    deps.problems.clear(`origin:${origin}`);
  }

  return {
    seen(origin) {
      if (
        origin.length > longestOrigin ||
        refused.has(origin) ||
        waiting.has(origin) ||
        waiting.size >= maxWaiting
      )
        return;
      waiting.add(origin);
      const message = `The site ${origin} wants to use the gateway. Allow it?`;
      deps.problems.raise({ id: `origin:${origin}`, code: 'origin-waiting', message, details: { origin } });
    },
    decide(origin, allow) {
      if (!allow) refused.add(origin);
      answered(origin);
    },
    allowed(origins) {
      for (const origin of origins) if (waiting.has(origin)) answered(origin);
    },
  };
}
