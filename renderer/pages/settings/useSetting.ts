import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import type { SettingsPatch } from '../../api/useSettings.ts';
import { issueWords } from '../../components/serverIssues.ts';

export interface Setting {
  /** `onSaved` is called once it is in force; a refused value stays with whoever typed it. */
  save(patch: SettingsPatch, onSaved?: () => void): void;
  /** Forgets why the last change was refused. */
  reset(): void;
  saving: boolean;
  /** Why the last change was refused. */
  error: string | null;
}

/** One setting on its way to the gateway: `useSettings` shows it at once, and no longer where it is refused. */
export function useSetting(): Setting {
  const { t } = useTranslation();
  const { settings } = useOperations();
  const queryClient = useQueryClient();
  const queryKey = settings.get.queryKey();
  const update = useMutation(
    settings.update.mutationOptions({
      meta: { quiet: true },
      // One after the other: an earlier one's answer must not come last.
      scope: { id: 'settings' },
      async onSuccess(result) {
        // An answer that is still to come may be older than this one.
        await queryClient.cancelQueries({ queryKey });
        queryClient.setQueryData(queryKey, result);
      },
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
