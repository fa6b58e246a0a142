import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { askFirst } from '../../components/askFirst.ts';
import { programsOf } from '../../components/programs.ts';
import type { IssuedKey } from './IssuedKeyDialog.tsx';

/** Who came within this time is taken for somebody who will come again. */
const recentMs = 14 * 86_400_000;

/** A new secret for a key, after being told who stops working with the old one. */
export function useReplaceSecret(
  clientKey: ClientKeyView,
  onIssued: (issued: IssuedKey) => void,
): { ask(): void; busy: boolean } {
  const { t, i18n } = useTranslation();
  const rotate = useMutation(useOperations().clientKeys.rotate.mutationOptions({ gcTime: 0 }));
  const name = clientKey.name || clientKey.id;

  function text(): string {
    if (clientKey.lastUsedAt === null) return t('keys.rotateUnused');
    const users = programsOf(clientKey.agents)
      .filter((program) => program.name !== '' && program.lastUsedAt > Date.now() - recentMs)
      .map((program) => program.name);
    if (users.length === 0) return t('keys.rotateText');
    const list = new Intl.ListFormat(i18n.resolvedLanguage ?? 'en').format(users);
    return t('keys.rotateWho', { programs: list, count: users.length });
  }

  return {
    busy: rotate.isPending,
    ask: () =>
      askFirst(t, { title: t('keys.rotateTitle', { name }), text: text(), confirm: t('keys.rotate') }, () =>
        rotate.mutate({ id: clientKey.id }, { onSuccess: ({ secret }) => onIssued({ name, secret }) }),
      ),
  };
}
