import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import type { IssuedKey } from './IssuedKeyDialog.tsx';

/** A new secret for a key. `ask` opens the dialog that says who is concerned; `replace` is what it leads to. */
export function useReplaceSecret(clientKey: ClientKeyView, onIssued: (issued: IssuedKey) => void) {
  const rotate = useMutation(useOperations().clientKeys.rotate.mutationOptions({ gcTime: 0 }));
  const [asking, setAsking] = useState(false);
  const { id } = clientKey;
  return {
    busy: rotate.isPending,
    asking,
    ask: () => setAsking(true),
    close: () => setAsking(false),
    replace: (graceMinutes: number) =>
      rotate.mutate(
        { id, graceMinutes },
        { onSuccess: ({ key, secret }) => onIssued({ name: key.name || id, secret }) },
      ),
  };
}
