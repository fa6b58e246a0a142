import type { ContractRouterClient } from '@orpc/contract';
import { type QueryClient, useMutationState, useQuery } from '@tanstack/react-query';
import type { Contract } from '../../main/contract/operations.ts';
import type { SettingsView } from '../../main/contract/schemas/views.ts';
import type { Operations } from './operations.ts';
import { useOperations } from './session.ts';

export type SettingsPatch = Parameters<ContractRouterClient<Contract>['settings']['update']>[0];

/** Lays a patch over the settings, section by section. */
function patched(settings: SettingsView, patch: SettingsPatch): SettingsView {
  const result: Record<string, unknown> = { ...settings };
  for (const [section, change] of Object.entries(patch)) {
    result[section] = { ...(result[section] as object), ...change };
  }
  return result as SettingsView;
}

/** What every change of the settings goes by, whoever makes it. */
export function settingsChange({ settings }: Operations, queryClient: QueryClient) {
  const queryKey = settings.get.queryKey();
  return {
    // One after the other: an earlier one's answer must not come last.
    scope: { id: 'settings' },
    async onSuccess(result: SettingsView) {
      // An answer that is still to come may be older than this one.
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, result);
    },
  };
}

/**
 * The settings as they are about to be: a change made here counts while it is on its way, whatever older answer comes in meanwhile.
 * One that is refused is gone by itself.
 */
export function useSettings(): { data: SettingsView | undefined; error: Error | null } {
  const { settings } = useOperations();
  const { data, error } = useQuery(settings.get.queryOptions());
  const onTheirWay = useMutationState({
    filters: { mutationKey: settings.update.mutationKey(), status: 'pending' },
    select: ({ state }) => state.variables as SettingsPatch,
  });
  return { data: data && onTheirWay.reduce(patched, data), error };
}
