import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportResult } from '../../main/contract/schemas/transfer.ts';
import { useOperations, useSession } from '../api/session.ts';
import { showToast } from './toast.tsx';

/** Tells of an import that is done, with the way back. */
export function useImportDone(): (result: ImportResult) => void {
  const { t } = useTranslation();
  const { queryClient } = useSession();
  const { transfer } = useOperations();
  const undo = useMutation(
    transfer.undo.mutationOptions({
      onSuccess: () => {
        showToast({ subject: 'settings.import', text: t('transfer.undone') });
        void queryClient.invalidateQueries();
      },
    }),
  );
  return ({ added, merged }) =>
    showToast({
      subject: 'settings.import',
      text: t('transfer.done', { added, merged }),
      action: { label: t('transfer.undo'), undo: true, run: () => undo.mutate(undefined) },
    });
}
