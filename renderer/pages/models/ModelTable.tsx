import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../main/contract/schemas/models.ts';
import { NamesOnce } from '../../components/NamesOnce.tsx';
import cells from '../../components/RowList.module.css';
import { RowList } from '../../components/RowList.tsx';
import { ModelCells } from './ModelCells.tsx';
import classes from './ModelTable.module.css';

interface Props {
  models: readonly ModelView[];
  openId: string | null;
  onOpen(id: string): void;
}

const idOf = ({ id }: ModelView) => id;

export function ModelTable({ models, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const open = useCallback(({ id }: ModelView) => onOpen(id), [onOpen]);
  return (
    <NamesOnce>
      <RowList
        label={t('nav.models')}
        count={models.length}
        at={(index) => models[index]}
        keyOf={idOf}
        Cells={ModelCells}
        columns={classes.columns}
        openIndex={openId === null ? -1 : models.findIndex(({ id }) => id === openId)}
        onOpen={open}
        head={
          <>
            <span />
            <span>{t('models.column.name')}</span>
            <span>{t('models.column.endpoints')}</span>
            <span>{t('models.column.abilities')}</span>
            <span className={cells.number}>{t('models.column.context')}</span>
            <span className={cells.number} title={t('models.perMillion')}>
              {t('models.column.price')}
            </span>
          </>
        }
      />
    </NamesOnce>
  );
}
