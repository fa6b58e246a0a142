import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Repairs.module.css';
import { repairWords } from './repairWords.ts';

/** What was changed in the request for one endpoint's sake: nothing is changed silently. */
export function Repairs({ repairs }: { repairs: readonly string[] }) {
  const { t } = useTranslation();
  const titleId = useId();
  if (repairs.length === 0) return null;
  return (
    <div className={classes.repairs}>
      <Tooltip
        label={t('repaired.explain')}
        multiline
        w={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        <button type="button" id={titleId} className={classes.title}>
          {t('repaired.title')}
        </button>
      </Tooltip>
      <ul className={classes.tags} aria-labelledby={titleId}>
        {repairs.map((phrase) => (
          <li key={phrase} className={classes.tag} title={phrase}>
            {repairWords(phrase, t)}
          </li>
        ))}
      </ul>
    </div>
  );
}
