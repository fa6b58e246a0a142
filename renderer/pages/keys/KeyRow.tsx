import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { Ago } from '../../components/Ago.tsx';
import { askFirst } from '../../components/askFirst.ts';
import { limitKinds } from '../../components/endpointStanding.ts';
import { programsOf } from '../../components/programs.ts';
import { UsageBar } from '../../components/UsageBar.tsx';
import { useFormat } from '../../format/useFormat.ts';
import type { IssuedKey } from './IssuedKeyDialog.tsx';
import classes from './KeyRow.module.css';

interface Props {
  clientKey: ClientKeyView;
  onEdit(): void;
  onIssued(issued: IssuedKey): void;
}

/** One client key: what it may do, how much of that it has done today, and who uses it. */
export function KeyRow({ clientKey, onEdit, onIssued }: Props) {
  const { t } = useTranslation();
  const { clientKeys } = useOperations();
  const update = useMutation(clientKeys.update.mutationOptions());
  const remove = useMutation(clientKeys.remove.mutationOptions());
  const rotate = useMutation(clientKeys.rotate.mutationOptions({ gcTime: 0 }));
  const claim = useMutation(clientKeys.claim.mutationOptions({ gcTime: 0 }));
  const copy = useMutation(clientKeys.copy.mutationOptions());
  const name = clientKey.name || clientKey.id;
  const show = ({ secret }: { secret: string }) => onIssued({ name, secret });
  const anyModel = clientKey.models.includes('*');

  return (
    <li className={classes.row} data-off={!clientKey.enabled || undefined}>
      <div className={classes.who}>
        <span className={classes.name}>{name}</span>
        <code className={classes.mask}>{clientKey.secret.mask ?? t('keys.noSecret')}</code>
      </div>
      <div className={classes.may}>
        <span className={classes.models} title={clientKey.models.join(', ')}>
          {anyModel ? t('keys.allModels') : clientKey.models.join(', ')}
        </span>
        <Expiry clientKey={clientKey} />
      </div>
      <Spent clientKey={clientKey} />
      <div className={classes.use}>
        <span>
          {clientKey.lastUsedAt === null ? t('keys.neverUsed') : <Ago time={clientKey.lastUsedAt} />}
        </span>
        <span className={classes.agents}>
          {programsOf(clientKey.agents)
            .map(({ name }) => name || t('keys.unnamed'))
            .join(', ')}
        </span>
      </div>
      <div className={classes.actions}>
        {clientKey.unseen && (
          <Button
            size="xs"
            variant="default"
            loading={claim.isPending}
            onClick={() => claim.mutate({ id: clientKey.id }, { onSuccess: show })}
          >
            {t('keys.show')}
          </Button>
        )}
        <Switch
          aria-label={t('keys.switch', { name })}
          checked={clientKey.enabled}
          disabled={update.isPending}
          onChange={(event) =>
            update.mutate({ id: clientKey.id, patch: { enabled: event.currentTarget.checked } })
          }
        />
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('action.more', { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{t('action.edit')}</Menu.Item>
            {window.sluice?.shell === 'desktop' && (
              <Menu.Item onClick={() => copy.mutate({ id: clientKey.id })}>{t('keys.copy')}</Menu.Item>
            )}
            <Menu.Item
              onClick={() =>
                askFirst(
                  t,
                  {
                    title: t('keys.rotateTitle', { name }),
                    text: t('keys.rotateText'),
                    confirm: t('keys.rotate'),
                  },
                  () => rotate.mutate({ id: clientKey.id }, { onSuccess: show }),
                )
              }
            >
              {t('keys.rotateAsk')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              onClick={() =>
                askFirst(t, { title: t('keys.removeTitle', { name }), text: t('keys.removeText') }, () =>
                  remove.mutate({ id: clientKey.id }),
                )
              }
            >
              {t('action.removeAsk')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}

function Expiry({ clientKey }: { clientKey: ClientKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!clientKey.expiresAt) return null;
  const time = Date.parse(clientKey.expiresAt);
  const over = time <= Date.now();
  return (
    <span className={over ? classes.over : classes.quiet} title={format.momentExact(time)}>
      {over ? t('keys.expired') : t('keys.expires', { when: format.day(time, Date.now()) })}
    </span>
  );
}

/** The budget and the limits that are set, else what was spent today. */
function Spent({ clientKey }: { clientKey: ClientKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { usage, limits, budgetUsdPerDay: budget, spentUsdToday } = clientKey;
  const limited = limitKinds.filter((kind) => limits[kind] > 0);
  return (
    <div className={classes.spent}>
      {budget !== null ? (
        <div className={classes.limit}>
          <span>{t('keys.ofBudget', { spent: format.usd(spentUsdToday), budget: format.usd(budget) })}</span>
          {budget > 0 && (
            <UsageBar
              used={spentUsdToday}
              limit={budget}
              label={t('keys.ofBudget', {
                spent: format.usdExact(spentUsdToday),
                budget: format.usdExact(budget),
              })}
            />
          )}
        </div>
      ) : (
        limited.length === 0 && (
          <>
            <span>{t('keys.today', { count: usage.rpd, requests: format.count(usage.rpd) })}</span>
            <span className={classes.quiet}>{t('keys.spent', { cost: format.usd(spentUsdToday) })}</span>
          </>
        )
      )}
      {limited.map((kind) => (
        <div key={kind} className={classes.limit}>
          <span>
            {format.short(usage[kind])} / {format.short(limits[kind])} {t(`limit.short.${kind}`)}
          </span>
          <UsageBar
            used={usage[kind]}
            limit={limits[kind]}
            label={t(`limit.used.${kind}`, {
              used: format.exact(usage[kind]),
              limit: format.exact(limits[kind]),
            })}
          />
        </div>
      ))}
    </div>
  );
}
