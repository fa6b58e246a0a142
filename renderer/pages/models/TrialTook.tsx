import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './TrialTook.module.css';
import { endpointToMend } from './triable.ts';

/** Who answered a trial and what it took; of a failure, where it is mended. */
export function TrialTook({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { endpointId, firstTokenMs, totalMs, tokens, costUsd } = record;
  const mendId = record.status === 'ok' ? null : endpointToMend(record);
  const rows = [
    ['endpoint', endpointId === null ? null : names.endpoint(endpointId)],
    ['firstToken', firstTokenMs === null ? null : format.duration(firstTokenMs)],
    ['total', format.duration(totalMs)],
    [
      'tokens',
      tokens.source === 'none' ? null : `${format.count(tokens.input)} → ${format.count(tokens.output)}`,
    ],
    ['cost', costUsd === null ? null : format.usdExact(costUsd)],
  ] as const;

  return (
    <>
      <dl className={classes.took}>
        {rows.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{t(`tryIt.took.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className={classes.links}>
        <Link href={`/requests/${record.id}`}>
          {t(record.status === 'ok' ? 'tryIt.why' : 'tryIt.whyNot')}
        </Link>
        {mendId !== null && (
          <Link href={`/endpoints/${mendId}`}>{t('tryIt.mend', { endpoint: names.endpoint(mendId) })}</Link>
        )}
      </p>
    </>
  );
}
