import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../../api/session.ts';
import { settingsChange, useSettings } from '../../../api/useSettings.ts';
import classes from './Bodies.module.css';

/** The switch that keeps what is sent and answered from now on, and what that means. */
export function KeepBodies() {
  const { t } = useTranslation();
  const operations = useOperations();
  const queryClient = useQueryClient();
  const id = useId();
  const current = useSettings().data;
  const update = useMutation(
    operations.settings.update.mutationOptions(settingsChange(operations, queryClient)),
  );
  if (!current) return null;
  const { recordBodies } = current.usage;

  return (
    <div className={classes.keep}>
      <Switch
        label={t('bodies.keep')}
        aria-describedby={id}
        checked={recordBodies}
        onChange={(event) => update.mutate({ usage: { recordBodies: event.currentTarget.checked } })}
      />
      <p id={id} className={classes.explain}>
        {t(recordBodies ? 'bodies.keeping' : 'bodies.notKeeping')}
      </p>
    </div>
  );
}
