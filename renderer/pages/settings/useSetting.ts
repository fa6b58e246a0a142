import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { type SettingsPatch, settingsChange } from '../../api/useSettings.ts';
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
  const operations = useOperations();
  const queryClient = useQueryClient();
  const update = useMutation(
    operations.settings.update.mutationOptions({
      meta: { quiet: true },
      ...settingsChange(operations, queryClient),
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
