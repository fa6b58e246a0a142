import type { ContractRouterClient } from '@orpc/contract';
import { useMemo } from 'react';
import type { Contract } from '../../main/contract/operations.ts';
import type { ShellContract } from '../../main/contract/shellOperations.ts';
import type { ControlClient } from './controlClient.ts';
import { useSession } from './session.ts';

/** What comes through the desktop's port: every operation of the gateway, and those of the desktop around it. */
export type DesktopClient = ContractRouterClient<Contract & ShellContract>;

/** On the desktop every client is one of its port. */
function isDesktop(_client: ControlClient): _client is DesktopClient {
  return window.sluice?.shell === 'desktop';
}

/** The desktop around this window; null in a browser. */
export function useShell(): DesktopClient['shell'] | null {
  const { client } = useSession();
  return useMemo(() => (isDesktop(client) ? client.shell : null), [client]);
}
