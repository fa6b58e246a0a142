import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Measure, measures } from './measure.ts';

/** `label` says what is weighed. */
export function MeasureSwitch({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Measure;
  onChange(measure: Measure): void;
}) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={label}
      value={value}
      onChange={(next) => onChange(next as Measure)}
      data={measures.map((measure) => ({ value: measure, label: t(`figure.${measure}`) }))}
    />
  );
}
