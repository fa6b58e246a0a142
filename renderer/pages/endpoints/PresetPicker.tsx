import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import classes from './PresetPicker.module.css';

interface Props {
  /** The demo endpoint is there already: not offered again. */
  hasDemo: boolean;
  onPick(preset: Preset | null): void;
  onDemo(): void;
}

/** Where do your requests go? The providers people use, the demo, or any other compatible server. */
export function PresetPicker({ hasDemo, onPick, onDemo }: Props) {
  const { t } = useTranslation();
  const presets = useQuery(useOperations().endpoints.presets.queryOptions());
  if (!presets.data) return <Loading error={presets.error} />;
  const demo = presets.data.find(({ id }) => id === 'demo');
  const providers = presets.data.filter((preset) => preset !== demo && preset.id !== 'other');

  return (
    <div className={classes.picker}>
      <p className={classes.note}>{t('endpoints.pick')}</p>
      <ul className={classes.grid}>
        {providers.map((preset, index) => (
          <li key={preset.id}>
            <button
              type="button"
              className={classes.choice}
              onClick={() => onPick(preset)}
              data-autofocus={index === 0 || undefined}
            >
              <span className={classes.name}>{preset.name}</span>
              <span className={classes.host}>{hostOf(preset.baseUrl)}</span>
            </button>
          </li>
        ))}
      </ul>
      <ul className={classes.others}>
        <li>
          <button type="button" className={classes.choice} onClick={() => onPick(null)}>
            <span className={classes.name}>{t('endpoints.other')}</span>
            <span className={classes.words}>{t('endpoints.otherNote')}</span>
          </button>
        </li>
        {demo && !hasDemo && (
          <li>
            <button type="button" className={classes.choice} onClick={onDemo}>
              <span className={classes.name}>{t('endpoints.demo')}</span>
              <span className={classes.words}>{t('endpoints.demoNote')}</span>
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl.replace(/^https?:\/\//, '');
}
