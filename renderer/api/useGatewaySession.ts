import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../components/toast.tsx';
import { forgetAdminToken, keepAdminToken, readAdminToken } from './adminToken.ts';
import { connectBrowser } from './browserTransport.ts';
import type { ControlClient } from './controlClient.ts';
import { connectDesktop } from './desktopTransport.ts';
import { errorWords } from './errorWords.ts';
import { createSession, type Session } from './session.ts';

export type GatewaySession =
  | { state: 'connecting' }
  | { state: 'signedOut'; refused: boolean; signIn(token: string, remember: boolean): void }
  /** `serial` changes with every session, so that nothing of an earlier one stays mounted. */
  | { state: 'ready'; session: Session; serial: number };

/** Holds the one session: over the desktop's port, or over HTTP once an admin token is there. */
export function useGatewaySession(): GatewaySession {
  const desktop = window.sluice?.shell === 'desktop';
  const { t } = useTranslation();
  const translate = useRef(t);
  translate.current = t;
  const [token, setToken] = useState(() => (desktop ? null : readAdminToken()));
  const [refused, setRefused] = useState(false);
  const [port, setPort] = useState(0);
  const [open, setOpen] = useState<{ session: Session; serial: number } | null>(null);

  const leave = useCallback((wasRefused: boolean) => {
    forgetAdminToken();
    setRefused(wasRefused);
    setToken(null);
  }, []);

  useEffect(() => {
    const stopping = new AbortController();
    let session: Session | null = null;

    function begin(client: ControlClient) {
      if (stopping.signal.aborted) return;
      session = createSession({
        client,
        onActionFailed(error) {
          const text = errorWords(error, translate.current);
          showToast({ subject: `failed: ${text}`, text, tone: 'bad' });
        },
        onRemoved: (name, restore) =>
          showToast({
            subject: 'removed',
            text: translate.current('toast.removed', { name }),
            action: { label: translate.current('action.undo'), undo: true, run: restore },
          }),
        signOut: desktop ? null : () => leave(false),
      });
      const ready = session;
      setOpen((earlier) => ({ session: ready, serial: (earlier?.serial ?? 0) + 1 }));
    }

    if (desktop) void connectDesktop(() => setPort(port + 1), stopping.signal).then(begin);
    else if (token) begin(connectBrowser(token, () => leave(true)));
    return () => {
      stopping.abort();
      session?.close();
      setOpen(null);
    };
  }, [desktop, token, port, leave]);

  const signIn = useCallback((next: string, remember: boolean) => {
    keepAdminToken(next, remember);
    setRefused(false);
    setToken(next);
  }, []);

  if (open) return { state: 'ready', ...open };
  if (!desktop && !token) return { state: 'signedOut', refused, signIn };
  return { state: 'connecting' };
}
