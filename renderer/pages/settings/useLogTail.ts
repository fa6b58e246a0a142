import { useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../../main/contract/schemas/log.ts';
import { useSession } from '../../api/session.ts';
import { addLines } from './logLines.ts';

const againMs = 2000;

export interface LogTailState {
  lines: readonly LogLine[];
  /** Lines that came while it was paused and are not shown yet. */
  waiting: number;
  lost: boolean;
}

/** The log while somebody looks: its end, then each line as it is written. Paused, what comes waits, and no line is lost before the bound. */
export function useLogTail(paused: boolean): LogTailState {
  const { client } = useSession();
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [lost, setLost] = useState(false);
  const isPaused = useRef(paused);
  const held = useRef<LogLine[]>([]);

  useEffect(() => {
    isPaused.current = paused;
    if (paused) return;
    setLines(held.current);
    setWaiting(0);
  }, [paused]);

  useEffect(() => {
    const stopping = new AbortController();
    const { signal } = stopping;
    async function follow() {
      while (!signal.aborted) {
        try {
          const tail = await client.logs.tail(undefined, { signal });
          let first = true;
          for await (const { lines: next } of tail) {
            // A new stream begins with the file's end: what was held is in it.
            held.current = first ? next : addLines(held.current, next);
            setLost(false);
            if (isPaused.current) setWaiting((count) => (first ? count : count + next.length));
            else setLines(held.current);
            first = false;
          }
        } catch {
          // Whatever ended it, the answer is the same: try again.
        }
        if (signal.aborted) return;
        setLost(true);
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
    void follow();
    return () => stopping.abort();
  }, [client]);

  return { lines, waiting, lost };
}
