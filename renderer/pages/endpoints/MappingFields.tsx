import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FoldedGroup } from '../../components/FoldedGroup.tsx';
import { FormGroup } from '../../components/FormGroup.tsx';
import { PairRows } from '../../components/PairRows.tsx';
import type { Pair } from '../../components/pairs.ts';
import classes from './EndpointDrawer.module.css';

/** As many as stand in a form without pushing the rest away. */
const fewRows = 8;

interface Props {
  rows: Pair[];
  onChange(rows: Pair[]): void;
  error: string | undefined;
}

/** What clients ask for, and what the endpoint calls it. A whole table is folded, and says how much is in it. */
export function MappingFields({ rows, onChange, error }: Props) {
  const { t } = useTranslation();
  // Decided once: a row added by hand must not close the list under it.
  const [folded] = useState(rows.length > fewRows);
  const title = t('endpoints.mapping');
  const note = t('endpoints.mappingNote');
  const fields = (
    <PairRows
      rows={rows}
      onChange={onChange}
      from={t('endpoints.clientName')}
      to={t('endpoints.upstreamName')}
      addLabel={t('endpoints.addMapping')}
      error={error}
      arrow
    />
  );
  if (!folded)
    return (
      <FormGroup title={title} note={note}>
        {fields}
      </FormGroup>
    );
  return (
    <FoldedGroup title={title} state={t('endpoints.nameCount', { count: rows.length })} note={note}>
      <div className={classes.folded}>{fields}</div>
    </FoldedGroup>
  );
}
