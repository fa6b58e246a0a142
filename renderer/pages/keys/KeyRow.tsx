import { Button, Menu, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { Ago } from '../../components/Ago.tsx';
import { programsOf, strangersAmong } from '../../components/programs.ts';
import { ReplaceSecretDialog } from '../../components/ReplaceSecretDialog.tsx';
import { RowMenu } from '../../components/RowMenu.tsx';
import { RowOpener } from '../../components/RowOpener.tsx';
import { Spark } from '../../components/Spark.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import type { IssuedKey } from './IssuedKeyDialog.tsx';
import { KeyDetail } from './KeyDetail.tsx';
import { KeyExpiryWords } from './KeyExpiryWords.tsx';
import { KeyModelsWords } from './KeyModelsWords.tsx';
import classes from './KeyRow.module.css';
import { KeySpent } from './KeySpent.tsx';
import { OldSecret } from './OldSecret.tsx';
import { requestsOfKey } from './requestsOfKey.ts';
import { useReplaceSecret } from './useReplaceSecret.ts';

interface Props {
  clientKey: ClientKeyView;
  opened: boolean;
  onToggle(): void;
  onEdit(): void;
  onIssued(issued: IssuedKey): void;
}

/** One client key: what it may do, how much of that it has done today, and who uses it. More below once opened. */
export function KeyRow({ clientKey, opened, onToggle, onEdit, onIssued }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { clientKeys } = useOperations();
  const name = clientKey.name || clientKey.id;
  const update = useMutation(clientKeys.update.mutationOptions());
  const remove = useMutation(clientKeys.remove.mutationOptions({ meta: { removes: name } }));
  const claim = useMutation(clientKeys.claim.mutationOptions({ gcTime: 0 }));
  const copy = useMutation(clientKeys.copy.mutationOptions());
  const replace = useReplaceSecret(clientKey, onIssued);
  const bodyId = useId();
  const programs = programsOf(clientKey.agents);
  const strangers = strangersAmong(programs, Date.now());
  const ofDay = clientKey.hours.reduce((sum, count) => sum + count, 0);
  const nameOf = (program: { name: string }) => program.name || t('keys.unnamed');

  return (
    <li className={classes.item} data-opened={opened || undefined} data-off={!clientKey.enabled || undefined}>
      <div className={classes.row}>
        <RowOpener opened={opened} controls={bodyId} onToggle={onToggle} className={classes.open}>
          <span className={classes.who}>
            <span className={classes.name}>{name}</span>
            <code className={classes.mask}>{clientKey.secret.mask ?? t('keys.noSecret')}</code>
          </span>
          <span className={classes.may}>
            <span className={classes.models}>
              <KeyModelsWords models={clientKey.models} />
            </span>
            <KeyExpiryWords clientKey={clientKey} />
          </span>
          <KeySpent clientKey={clientKey} />
          <span className={classes.use}>
            <span>
              {clientKey.lastUsedAt === null ? t('keys.neverUsed') : <Ago time={clientKey.lastUsedAt} />}
            </span>
            {strangers.length > 0 ? (
              <span className={classes.stranger}>
                <StateMark tone="wait" />
                {t('keys.newHere', { program: nameOf(strangers[0] as { name: string }) })}
              </span>
            ) : (
              <span className={classes.agents}>{programs.map(nameOf).join(', ')}</span>
            )}
          </span>
          <span className={classes.spark}>
            {ofDay > 0 && (
              <Spark
                values={clientKey.hours}
                label={t('keys.ofDay', { count: ofDay, requests: format.count(ofDay) })}
              />
            )}
          </span>
        </RowOpener>
        <div className={classes.actions}>
          {clientKey.unseen && (
            <Button
              size="xs"
              variant="default"
              loading={claim.isPending}
              onClick={() =>
                claim.mutate({ id: clientKey.id }, { onSuccess: ({ secret }) => onIssued({ name, secret }) })
              }
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
          <RowMenu name={name} onRemove={() => remove.mutate({ id: clientKey.id })}>
            <Menu.Item onClick={onEdit}>{t('action.edit')}</Menu.Item>
            {window.sluice?.shell === 'desktop' && (
              <Menu.Item onClick={() => copy.mutate({ id: clientKey.id })}>{t('keys.copy')}</Menu.Item>
            )}
            <Menu.Item component={Link} href={requestsOfKey(clientKey.id)}>
              {t('keys.requests')}
            </Menu.Item>
            <Menu.Item onClick={replace.ask}>{t('keys.rotateAsk')}</Menu.Item>
          </RowMenu>
        </div>
      </div>
      {clientKey.previous && <OldSecret clientKey={clientKey} previous={clientKey.previous} />}
      <ReplaceSecretDialog
        clientKey={clientKey}
        opened={replace.asking}
        onClose={replace.close}
        onReplace={replace.replace}
      />
      <div id={bodyId} className={classes.body} hidden={!opened}>
        {opened && (
          <KeyDetail
            clientKey={clientKey}
            programs={programs}
            strangers={strangers}
            onEdit={onEdit}
            replace={replace}
          />
        )}
      </div>
    </li>
  );
}
