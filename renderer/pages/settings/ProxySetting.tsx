import { Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './ProxySetting.module.css';
import { SettingRow } from './SettingRow.tsx';
import { useSetting } from './useSetting.ts';

/** Where Clash and its kin listen unless told otherwise. */
const usualProxy = 'http://127.0.0.1:7890';

type Way = 'none' | 'system' | 'own';

function wayOf(proxy: string | null): Way {
  if (proxy === null) return 'none';
  return proxy === 'system' ? 'system' : 'own';
}

/** The way out for all endpoints, with a trial of it. */
export function ProxySetting({ proxy }: { proxy: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const setting = useSetting();
  const test = useMutation(useOperations().settings.testProxy.mutationOptions({ meta: { quiet: true } }));
  const [wished, setWished] = useState<Way | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const way = wished ?? wayOf(proxy);
  const held = way === 'own' && wayOf(proxy) === 'own' ? proxy : '';
  const address = draft ?? held ?? '';
  const result = test.data;

  function save(next: string | null) {
    test.reset();
    setting.save({ network: { proxy: next } }, () => {
      setDraft(null);
      setWished(null);
    });
  }

  function choose(next: Way) {
    setting.reset();
    if (next !== 'own') return save(next === 'system' ? 'system' : null);
    setWished('own');
  }

  function commit() {
    const next = address.trim();
    if (next !== '' && next !== proxy) save(next);
  }

  let words: string | null = null;
  if (result?.ok) {
    const facts = { target: result.target, time: format.duration(result.ms) };
    words =
      result.via === null
        ? t('settings.proxyWorksDirect', facts)
        : t('settings.proxyWorks', { ...facts, via: result.via });
  } else if (result) {
    words = t('settings.proxyFails', { target: result.target, reason: result.reason ?? '' });
  }
  const waits = way === 'own' && address.trim() === '';

  return (
    <SettingRow
      label={t('settings.proxy')}
      note={t('settings.proxyNote')}
      error={setting.error}
      keywords="proxy clash socks5 http VPN"
      wide
    >
      {(ids) => (
        <div className={classes.choice}>
          <div className={classes.line}>
            <Select
              {...ids}
              w={200}
              data={[
                { value: 'none', label: t('settings.proxyNone') },
                { value: 'system', label: t('settings.proxySystem') },
                { value: 'own', label: t('settings.proxyOwn') },
              ]}
              value={way}
              allowDeselect={false}
              onChange={(next) => next && choose(next as Way)}
            />
            {way === 'own' && (
              <TextInput
                className={classes.address}
                aria-label={t('settings.proxyUrl')}
                placeholder={usualProxy}
                value={address}
                onChange={(event) => setDraft(event.currentTarget.value)}
                onBlur={commit}
                onKeyDown={(event) => event.key === 'Enter' && commit()}
                spellCheck={false}
                aria-invalid={setting.error !== null}
              />
            )}
            <Button
              variant="default"
              loading={test.isPending}
              disabled={waits}
              onClick={() =>
                test.mutate({
                  proxy: way === 'own' ? address.trim() : way === 'system' ? 'system' : null,
                })
              }
            >
              {t('settings.proxyTest')}
            </Button>
          </div>
          {waits && (
            <p className={classes.quiet}>
              {t('settings.proxyHint', { url: usualProxy })}
              <Button size="xs" variant="default" onClick={() => save(usualProxy)}>
                {t('settings.proxyUse')}
              </Button>
            </p>
          )}
          {(words || test.error) && (
            <p className={classes.result} role="status">
              <StateMark tone={result?.ok ? 'good' : 'bad'} />
              <span>{words ?? test.error?.message}</span>
            </p>
          )}
        </div>
      )}
    </SettingRow>
  );
}
