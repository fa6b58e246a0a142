import type { ContractRouterClient } from '@orpc/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../main/contract/operations.ts';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { issueWords } from '../../components/serverIssues.ts';

export type SettingsPatch = Parameters<ContractRouterClient<Contract>['settings']['update']>[0];

export interface Setting {
  /** `onSaved` is called once it is in force; a refused value stays with whoever typed it. */
  save(patch: SettingsPatch, onSaved?: () => void): void;
  /** Forgets why the last change was refused. */
  reset(): void;
  saving: boolean;
  /** Why the last change was refused. */
  error: string | null;
}

/** Lays a patch over the settings, section by section. */
function patched(settings: SettingsView, patch: SettingsPatch): SettingsView {
  const result: Record<string, unknown> = { ...settings };
  for (const [section, change] of Object.entries(patch)) {
    result[section] = { ...(result[section] as object), ...change };
  }
  return result as SettingsView;
}

/** One setting on its way to the gateway: shown at once, taken back where it is refused. */
export function useSetting(): Setting {
  const { t } = useTranslation();
  const { settings } = useOperations();
  const queryClient = useQueryClient();
  const queryKey = settings.get.queryKey();
  const update = useMutation(
    settings.update.mutationOptions({
      meta: { quiet: true },
      onMutate: async (patch) => {
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData(queryKey);
        if (before) queryClient.setQueryData(queryKey, patched(before, patch));
        return { before };
      },
      onError: (_error, _patch, context) => {
        if (context?.before) queryClient.setQueryData(queryKey, context.before);
      },
      onSuccess: (result) => queryClient.setQueryData(queryKey, result),
    }),
  );
  const issue = issuesOf(update.error)[0];
  let error: string | null = null;
  if (issue) error = issueWords(issue.message, t);
  else if (update.error) error = errorWords(update.error, t);
  return {
    save: (patch, onSaved) => update.mutate(patch, onSaved ? { onSuccess: onSaved } : {}),
    reset: update.reset,
    saving: update.isPending,
    error,
  };
}
