import { Menu, Switch } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { EndpointWords } from '../../components/EndpointWords.tsx';
import { endpointName } from '../../components/endpointName.ts';
import { endpointStanding, tightestLimit } from '../../components/endpointStanding.ts';
import { LimitBar } from '../../components/LimitBar.tsx';
import { RowMenu } from '../../components/RowMenu.tsx';
import { RowOpener } from '../../components/RowOpener.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { EndpointDetail } from './EndpointDetail.tsx';
import type { FormStart } from './EndpointForm.tsx';
import classes from './EndpointRow.module.css';
import type { DragOrder } from './useDragOrder.ts';

interface Props {
  endpoint: EndpointView;
  /** The one before it in the order. */
  above: EndpointView | null;
  opened: boolean;
  onToggle(): void;
  onEdit(start?: FormStart): void;
  onDuplicate(): void;
  /** Null where there is nothing to order: one endpoint alone, or a list that is filtered. */
  drag: DragOrder | null;
  /** Puts it one place up or down; null where it can't go further. */
  moveUp: (() => void) | null;
  moveDown: (() => void) | null;
  /** Takes it out of the priority it shares with the one above. */
  separate(): void;
}

function hostOf(endpoint: EndpointView): string {
  return URL.canParse(endpoint.baseUrl) ? new URL(endpoint.baseUrl).host || 'local' : endpoint.baseUrl;
}

/** One endpoint: how it stands in a line, everything about it below once opened. */
export function EndpointRow(props: Props) {
  const { endpoint, above, opened, onToggle, onEdit, drag, moveUp, moveDown } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { endpoints } = useOperations();
  const update = useMutation(endpoints.update.mutationOptions());
  const name = endpointName(endpoint, t);
  const remove = useMutation(endpoints.remove.mutationOptions({ meta: { removes: name } }));
  const bodyId = useId();
  const row = useRef<HTMLDivElement>(null);
  // Whoever comes by a link finds it in sight, however long the list.
  useEffect(() => {
    if (opened) row.current?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  const kind = t(`kind.${endpoint.kind}`);
  const limit = tightestLimit(endpoint);
  const today = endpoint.accounts.reduce((sum, account) => sum + account.usage.rpd, 0);
  const shared = above?.priority === endpoint.priority;

  return (
    <li
      className={classes.item}
      data-opened={opened || undefined}
      data-shared={shared || undefined}
      {...(drag ? drag.row(endpoint.id) : {})}
    >
      <div ref={row} className={classes.row}>
        <span className={classes.grip}>
          {drag && (
            <button
              type="button"
              className={classes.handle}
              aria-label={t('endpoints.drag.handle', { name })}
              aria-describedby="drag-how"
              {...drag.handle(endpoint.id)}
            >
              <IconGripVertical size={14} aria-hidden="true" />
            </button>
          )}
        </span>
        <RowOpener opened={opened} controls={bodyId} onToggle={onToggle} className={classes.open}>
          <StateMark tone={endpointStanding(endpoint).tone} />
          <span className={classes.names}>
            <span className={classes.name} title={name}>
              {name}
            </span>
            <span className={classes.where}>
              {kind !== name && <span className={classes.kind}>{kind}</span>}
              <span className={classes.host}>{hostOf(endpoint)}</span>
            </span>
          </span>
          <span className={classes.limit}>{limit && endpoint.enabled && <LimitBar {...limit} />}</span>
          <span className={classes.models}>
            {today > 0 ? t('endpoints.today', { count: today, requests: format.count(today) }) : ''}
          </span>
          <span className={classes.models}>
            {endpoint.servedModels.length > 0
              ? t('endpoints.modelCount', { count: endpoint.servedModels.length })
              : ''}
          </span>
          <span className={classes.words}>
            <EndpointWords endpoint={endpoint} />
          </span>
        </RowOpener>
        <Switch
          aria-label={t('endpoints.switch', { name })}
          checked={endpoint.enabled}
          disabled={update.isPending}
          onChange={(event) =>
            update.mutate({ id: endpoint.id, patch: { enabled: event.currentTarget.checked } })
          }
        />
        <RowMenu name={name} onRemove={() => remove.mutate({ id: endpoint.id })}>
          <Menu.Item onClick={() => onEdit()}>{t('action.edit')}</Menu.Item>
          {!endpoint.isDemo && <Menu.Item onClick={props.onDuplicate}>{t('endpoints.duplicate')}</Menu.Item>}
          <Menu.Item disabled={!moveUp} onClick={() => moveUp?.()}>
            {t('endpoints.moveUp')}
          </Menu.Item>
          <Menu.Item disabled={!moveDown} onClick={() => moveDown?.()}>
            {t('endpoints.moveDown')}
          </Menu.Item>
          {above && !shared && (
            <Menu.Item
              onClick={() => update.mutate({ id: endpoint.id, patch: { priority: above.priority } })}
            >
              {t('endpoints.shareAbove')}
            </Menu.Item>
          )}
          {shared && <Menu.Item onClick={props.separate}>{t('endpoints.ownPriority')}</Menu.Item>}
        </RowMenu>
      </div>
      {shared && <span className={classes.shared}>{t('endpoints.shared')}</span>}
      <div id={bodyId} className={classes.body} hidden={!opened}>
        {opened && <EndpointDetail endpoint={endpoint} onEdit={onEdit} />}
      </div>
    </li>
  );
}
