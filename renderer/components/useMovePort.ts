import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useOperations } from '../api/session.ts';
import { programName } from './programName.ts';
import { showToast } from './toast.tsx';

/** So many programs are told by name. */
const mostNames = 4;

/** Moves the gateway to another port, and says who has to be told. */
export function useMovePort() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const operations = useOperations();
  return useMutation(
    operations.gateway.moveToPort.mutationOptions({
      onSuccess({ status, userAgents }) {
        if (status.address === null) return;
        const names = [...new Set(userAgents.map(programName))].filter((name) => name !== '');
        const shown = names.slice(0, mostNames).join(t('problem.between'));
        showToast({
          subject: 'port',
          text:
            names.length === 0
              ? t('problem.portMoved', { address: status.address })
              : t('problem.portMovedFor', { address: status.address, names: shown }),
          action: { label: t('nav.connect'), run: () => go('/connect') },
        });
      },
    }),
  );
}
