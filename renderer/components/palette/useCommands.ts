import { useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { runAction } from '../../api/runAction.ts';
import { useOperations } from '../../api/session.ts';
import { type SettingsPatch, settingsChange, useSettings } from '../../api/useSettings.ts';
import { useFormat } from '../../format/useFormat.ts';
import { clients } from '../../pages/connect/clients.ts';
import { modelPath } from '../../pages/models/modelPath.ts';
import { addressOf } from '../addressOf.ts';
import { copyText } from '../copyText.ts';
import { endpointName } from '../endpointName.ts';
import { showToast } from '../toast.tsx';
import { useNames } from '../useNames.ts';
import type { Command } from './command.ts';
import { lookCommands } from './lookCommands.ts';
import { places } from './places.ts';
import { clearCooldowns, testAccounts } from './poolActions.ts';
import { spendingCommands } from './spendingCommands.ts';

type Key =
  | Parameters<Parameters<typeof spendingCommands>[0]['inBoth']>[0]
  | (typeof places)[number]['name']
  | Parameters<Parameters<typeof lookCommands>[2]>[0]
  | 'copy.address'
  | 'endpoints.add'
  | 'keys.create'
  | `palette.${'switchOn' | 'switchOff' | 'testAll' | 'clearAll'}`;

/** All that can be done from anywhere, as the gateway is now. */
export function useCommands(): Command[] {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const format = useFormat();
  const names = useNames();
  const queryClient = useQueryClient();
  const operations = useOperations();
  const status = useQuery(operations.gateway.status.queryOptions()).data;
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  const models = useQuery(operations.models.list.queryOptions()).data;
  const keys = useQuery(operations.clientKeys.list.queryOptions()).data;
  const settings = useSettings().data;
  const records = useQuery({
    ...operations.records.list.queryOptions({ input: { limit: 100 } }),
    // What came in since it was last asked is what is looked for.
    staleTime: 0,
  }).data?.records;

  return useMemo(() => {
    const inBoth = (key: Key) => [i18next.getFixedT('en')(key), i18next.getFixedT('zh-CN')(key)] as string[];
    const go = (path: string) => () => navigate(path);
    const pool = { queryClient, operations, t, endpoints: endpoints ?? [], look: go('/endpoints') };
    const save = (patch: SettingsPatch) =>
      void runAction(
        queryClient,
        operations.settings.update.mutationOptions(settingsChange(operations, queryClient)),
        patch,
      ).catch(() => {});
    const action = (name: Key, run: () => void, words: readonly string[] = []): Command => ({
      id: name,
      group: 'action',
      name: String(t(name)),
      words: [...inBoth(name), ...words],
      first: true,
      run,
    });

    const actions: Command[] = [];
    if (status) {
      const on = status.state === 'on' || status.state === 'starting';
      const switching = on ? operations.gateway.stop : operations.gateway.start;
      actions.push(
        action(on ? 'palette.switchOff' : 'palette.switchOn', () => {
          void runAction(queryClient, switching.mutationOptions(), undefined).catch(() => {});
        }),
        action('copy.address', () => {
          const text = addressOf(status);
          void copyText(text).then(
            (done) => done && showToast({ subject: 'copy', text: t('palette.copied', { text }) }),
          );
        }, [addressOf(status), 'url']),
        ...spendingCommands({
          spending: status.spending,
          endpoints: endpoints ?? [],
          t,
          inBoth,
          set: (input) =>
            void runAction(queryClient, operations.gateway.setSpending.mutationOptions(), input).catch(
              () => {},
            ),
        }),
      );
    }
    actions.push(
      action('endpoints.add', go('/endpoints/new')),
      action('keys.create', go('/keys/new')),
      action('palette.testAll', () => void testAccounts(pool)),
      action('palette.clearAll', () => void clearCooldowns(pool)),
    );

    return [
      ...places.map(
        ({ path, name, letter }): Command => ({
          id: path,
          group: 'page',
          name: t(name),
          words: inBoth(name),
          first: true,
          keys: ['g', letter],
          run: go(path),
        }),
      ),
      ...actions,
      ...(endpoints ?? []).map(
        (endpoint): Command => ({
          id: `endpoint ${endpoint.id}`,
          group: 'endpoint',
          name: endpointName(endpoint, t),
          note: t(`kind.${endpoint.kind}`),
          words: [endpoint.id, endpoint.baseUrl, ...inBoth('nav.endpoints')],
          run: go(`/endpoints/${endpoint.id}`),
        }),
      ),
      ...(models ?? []).map(
        ({ id, routes }): Command => ({
          id: `model ${id}`,
          group: 'model',
          name: id,
          note: routes[0] ? names.endpoint(routes[0].endpointId) : undefined,
          run: go(modelPath(id)),
        }),
      ),
      ...(keys ?? []).map(
        (key): Command => ({
          id: `key ${key.id}`,
          group: 'key',
          name: key.name || key.id,
          note: key.secret.mask ?? undefined,
          words: inBoth('nav.keys'),
          run: go(`/keys/${key.id}`),
        }),
      ),
      ...clients.map(
        ({ id, name }): Command => ({
          id: `client ${id}`,
          group: 'client',
          name: t('connect.begin', { client: name }),
          words: [name, id, ...inBoth('nav.connect')],
          run: go(`/connect/${id}`),
        }),
      ),
      ...(records ?? []).map(
        (record): Command => ({
          id: `request ${record.id}`,
          group: 'request',
          name: record.clientModel,
          note: [
            t(`record.${record.status}`),
            names.endpoint(record.endpointId),
            format.moment(record.time, Date.now()),
          ]
            .filter(Boolean)
            .join(' · '),
          words: [record.id, names.clientKey(record.clientKeyId)],
          run: go(`/requests/${record.id}`),
        }),
      ),
      ...(settings ? lookCommands(settings, t, inBoth, save) : []),
    ];
  }, [
    t,
    navigate,
    format,
    names,
    queryClient,
    operations,
    status,
    endpoints,
    models,
    keys,
    settings,
    records,
  ]);
}
