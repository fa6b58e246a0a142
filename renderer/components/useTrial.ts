import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrialOperation } from '../../main/contract/schemas/trial.ts';
import { errorWords } from '../api/errorWords.ts';
import { useSession } from '../api/session.ts';
import { afterEvent, idleTrial, runningTrial, type TrialState } from './trialState.ts';

export interface TrialRequest {
  operation: TrialOperation;
  body: Record<string, unknown>;
  /** Null: routed as any request. */
  endpointId: string | null;
}

export interface Trial {
  state: TrialState;
  /** Sends it; what ran before is cancelled. */
  run(request: TrialRequest): void;
  cancel(): void;
}

/** One request of the window at a time. It is cancelled when its place on the page goes away. */
export function useTrial(): Trial {
  const { t } = useTranslation();
  const { client } = useSession();
  const [state, setState] = useState<TrialState>(idleTrial);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(
    (request: TrialRequest) => {
      running.current?.abort();
      const leaving = new AbortController();
      const { signal } = leaving;
      running.current = leaving;
      setState(runningTrial);
      const began = performance.now();

      async function follow() {
        const events = await client.requests.try(request, { signal });
        for await (const event of events) {
          if (signal.aborted) return;
          setState((before) => afterEvent(before, event, performance.now() - began));
        }
        // A stream that ends without its last word was broken off between the gateway and here.
        setState((before) =>
          before.phase === 'running'
            ? { ...before, phase: 'failed', failure: { status: null, message: t('error.unreachable') } }
            : before,
        );
      }
      follow().catch((error: unknown) => {
        if (signal.aborted) return;
        const message = errorWords(error, t);
        setState((before) => ({ ...before, phase: 'failed', failure: { status: null, message } }));
      });
    },
    [client, t],
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    setState((before) => (before.phase === 'running' ? { ...before, phase: 'cancelled' } : before));
  }, []);

  return { state, run, cancel };
}
