import { useEffect, useRef, useState } from 'react';
import type { CheckEvent } from '../../../main/contract/schemas/check.ts';
import { useSession } from '../../api/session.ts';
import { type Diagnosis, nothingTold, withEvent } from './diagnosis.ts';
import type { CreateInput, UpdateInput } from './endpointForm.ts';

/** What to look at: a saved endpoint, or one as an edit would leave it, by one account (its first usable one where none is named) or by all; or a draft. */
export type DoctorTarget =
  | { id: string; accountId?: string; all?: boolean; patch?: UpdateInput['patch'] }
  | { draft: CreateInput };

export interface Doctor {
  /** Null before the first diagnosis. */
  diagnosis: Diagnosis | null;
  target: DoctorTarget | null;
  running: boolean;
  /** Why it could not even begin. */
  error: unknown;
  start(target: DoctorTarget): void;
  stop(): void;
  /** Forgets what was found. */
  clear(): void;
}

type Findings = Pick<Doctor, 'diagnosis' | 'target' | 'running' | 'error'>;

const atRest: Findings = { diagnosis: null, target: null, running: false, error: null };

/** Runs one diagnosis at a time. A new one, leaving the page, or `stop` ends the one before, requests on their way included. */
export function useDoctor(): Doctor {
  const { client, queryClient, operations } = useSession();
  const [findings, setFindings] = useState<Findings>(atRest);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(target: DoctorTarget, signal: AbortSignal) {
    let events: AsyncIterable<CheckEvent>;
    if ('draft' in target) events = await client.endpoints.diagnoseDraft(target.draft, { signal });
    else events = await client.endpoints.diagnose(target, { signal });
    for await (const event of events) {
      if (signal.aborted) return;
      setFindings((earlier) => ({
        ...earlier,
        diagnosis: withEvent(earlier.diagnosis ?? nothingTold, event),
      }));
    }
  }

  function stop() {
    running.current?.abort();
    running.current = null;
    setFindings((earlier) => ({ ...earlier, running: false }));
  }

  return {
    ...findings,
    stop,
    clear() {
      stop();
      setFindings(atRest);
    },
    start(target) {
      stop();
      const mine = new AbortController();
      running.current = mine;
      setFindings({ diagnosis: nothingTold, target, running: true, error: null });
      const settle = (change: Partial<Findings>) => {
        if (running.current !== mine) return;
        running.current = null;
        setFindings((earlier) => ({ ...earlier, running: false, ...change }));
        // A list that could be read has told what the endpoint serves.
        void queryClient.invalidateQueries({ queryKey: operations.endpoints.list.key() });
      };
      run(target, mine.signal).then(
        () => settle({}),
        (error: unknown) => settle({ error, diagnosis: null }),
      );
    },
  };
}
