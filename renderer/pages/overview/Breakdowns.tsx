import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UsageSummary } from '../../../main/contract/schemas/usage.ts';
import { Section } from '../../components/Section.tsx';
import { useNames } from '../../components/useNames.ts';
import { Breakdown } from './Breakdown.tsx';
import classes from './Breakdowns.module.css';
import { MeasureSwitch } from './MeasureSwitch.tsx';
import type { Measure } from './measure.ts';

/** The same requests, told apart in four ways. */
export const Breakdowns = memo(function Breakdowns({
  span,
  summary,
}: {
  span: string;
  summary: UsageSummary | undefined;
}) {
  const { t } = useTranslation();
  const names = useNames();
  const [measure, setMeasure] = useState<Measure>('requests');
  const accountFilter = (key: string) => {
    const at = key.indexOf('/');
    return { endpointId: key.slice(0, at), accountId: key.slice(at + 1) };
  };

  return (
    <Section
      title={t('breakdown.title', { span })}
      action={<MeasureSwitch label={t('breakdown.measure')} value={measure} onChange={setMeasure} />}
    >
      <div className={classes.parts}>
        <Breakdown
          title={t('breakdown.byModel')}
          rows={summary?.byModel}
          measure={measure}
          technical
          filterOf={(model) => ({ model })}
        />
        <Breakdown
          title={t('breakdown.byEndpoint')}
          rows={summary?.byEndpoint}
          measure={measure}
          nameOf={names.endpoint}
          filterOf={(endpointId) => ({ endpointId })}
        />
        <Breakdown
          title={t('breakdown.byAccount')}
          rows={summary?.byAccount}
          measure={measure}
          filterOf={accountFilter}
        />
        <Breakdown
          title={t('breakdown.byKey')}
          rows={summary?.byClientKey}
          measure={measure}
          nameOf={names.clientKey}
          filterOf={(clientKeyId) => ({ clientKeyId })}
        />
      </div>
    </Section>
  );
});
