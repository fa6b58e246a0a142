import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Mend } from '../../../main/contract/schemas/check.ts';
import classes from './CheckSteps.module.css';

interface Props {
  mends: readonly Mend[];
  onMend(mend: Mend): void;
  /** The provider's page for keys and credit, where it is known. */
  providerUrl: string | null;
}

/** What can be done about a finding, as buttons beside it. */
export function Mends({ mends, onMend, providerUrl }: Props) {
  const { t } = useTranslation();
  const shown = mends.filter((mend) => mend.do !== 'top-up' || providerUrl !== null);
  if (shown.length === 0) return null;

  function words(mend: Exclude<Mend, { do: 'top-up' }>): string {
    switch (mend.do) {
      case 'address':
        return mend.kind
          ? t('doctor.mend.addressAs', { url: mend.baseUrl, kind: t(`kind.${mend.kind}`) })
          : t('doctor.mend.address', { url: mend.baseUrl });
      case 'map-model':
        return t('doctor.mend.map-model', { model: mend.model });
      case 'remove-names':
        return t('doctor.mend.remove-names', { count: mend.names.length });
      case 'turn-on-repair':
        return t('doctor.mend.turn-on-repair', { name: t(`repairs.${mend.repair}.name`) });
      default:
        return t(`doctor.mend.${mend.do}`);
    }
  }

  return (
    <span className={classes.mends}>
      {shown.map((mend) =>
        mend.do === 'top-up' ? (
          <Button
            key={mend.do}
            component="a"
            href={providerUrl ?? undefined}
            target="_blank"
            rel="noreferrer"
            size="xs"
            variant="default"
            rightSection={<IconExternalLink size={12} aria-hidden="true" />}
          >
            {t('doctor.mend.top-up')}
          </Button>
        ) : (
          <Button
            key={mend.do}
            size="xs"
            variant="default"
            title={mend.do === 'remove-names' ? mend.names.join(', ') : undefined}
            onClick={() => onMend(mend)}
          >
            {words(mend)}
          </Button>
        ),
      )}
    </span>
  );
}
