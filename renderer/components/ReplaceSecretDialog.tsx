import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../main/contract/schemas/views.ts';
import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';
import dialog from './Dialog.module.css';
import { usersOf } from './usersOf.ts';

const graceChoices = ['now', 'hour', 'day', 'week'] as const;
type GraceChoice = (typeof graceChoices)[number];
const graceMinutes: Record<GraceChoice, number> = { now: 0, hour: 60, day: 1440, week: 10_080 };

interface Props {
  clientKey: ClientKeyView;
  opened: boolean;
  onClose(): void;
  onReplace(graceMinutes: number): void;
}

/** Asks how long the present secret of a key goes on working, and says who needs the new one by then. */
export function ReplaceSecretDialog({ clientKey, opened, onClose, onReplace }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.rotateTitle', { name: clientKey.name || clientKey.id })}
      transitionProps={{ duration: 0 }}
    >
      <ReplaceForm clientKey={clientKey} onClose={onClose} onReplace={onReplace} />
    </Modal>
  );
}

function ReplaceForm({ clientKey, onClose, onReplace }: Omit<Props, 'opened'>) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const [choice, setChoice] = useState<GraceChoice>('day');
  const users = usersOf(clientKey.agents, now);
  const programs = new Intl.ListFormat(i18n.resolvedLanguage ?? 'en').format(users);
  const when = format.moment(now + graceMinutes[choice] * 60_000, now);

  function words(): string {
    if (clientKey.lastUsedAt === null) return t('keys.rotateUnused');
    if (choice === 'now')
      return users.length > 0 ? t('keys.rotateWho', { programs, count: users.length }) : t('keys.rotateText');
    return users.length > 0 ? t('keys.graceWho', { programs, when }) : t('keys.graceText', { when });
  }

  return (
    <div className={dialog.form}>
      <div className={dialog.form}>
        <p id="grace-label">{t('keys.grace')}</p>
        <SegmentedControl
          fullWidth
          aria-labelledby="grace-label"
          value={choice}
          onChange={(value) => setChoice(graceChoices.find((known) => known === value) ?? 'day')}
          data={graceChoices.map((value) => ({ value, label: t(`keys.graceChoice.${value}`) }))}
        />
      </div>
      <p className={dialog.note} role="status">
        {words()}
        {clientKey.previous &&
          ` ${t('keys.graceOlder', { when: format.moment(clientKey.previous.until, now) })}`}
      </p>
      <div className={dialog.actions}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          color={choice === 'now' ? 'red' : undefined}
          onClick={() => {
            onClose();
            onReplace(graceMinutes[choice]);
          }}
        >
          {t('keys.rotate')}
        </Button>
      </div>
    </div>
  );
}
