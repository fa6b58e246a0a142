import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../endpointName.ts';
import { useNames } from '../useNames.ts';
import classes from './SpendingMenu.module.css';
import { useSpending } from './useSpending.ts';

/** Minutes that are offered. */
const spans = [15, 60, 240, 1_440] as const;

/** What the menu asks now: which mode, which endpoint, how long (null: for the pause). */
type Step = { ask: 'mode' } | { ask: 'endpoint' } | { ask: 'span'; endpointId: string | null };

const first: Step = { ask: 'mode' };

/** Chooses what requests may be spent on. One list leads to the next in the same place, so that it fits the small window too. */
export function SpendingMenu() {
  const { t } = useTranslation();
  const names = useNames();
  const [, navigate] = useLocation();
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data ?? [];
  const { spending, pending, set } = useSpending();
  const [step, setStep] = useState<Step>(first);
  const list = useRef<HTMLDivElement>(null);

  // The item that was chosen is gone with its list; who walks by keys goes on at the top of the next one.
  useEffect(() => {
    if (step !== first) list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [step]);

  if (spending === null) return null;
  const { mode } = spending;
  const current = mode === 'endpoint' ? names.endpoint(spending.endpointId) : t(`spending.short.${mode}`);
  const inUse = endpoints.filter(({ enabled }) => enabled);
  const someFree = inUse.some(({ free }) => free);
  const check = (on: boolean) =>
    on ? <IconCheck size={14} aria-label={t('spending.inForce')} /> : undefined;
  const ahead = (on: boolean) => check(on) ?? <IconChevronRight size={14} />;
  const back = (to: Step, words: string) => (
    <>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={<IconChevronLeft size={14} />}
        onClick={() => setStep(to)}
      >
        {words}
      </Menu.Item>
      <Menu.Divider />
    </>
  );

  return (
    <Menu width={250} position="bottom-start" onClose={() => setStep(first)} returnFocus>
      <Menu.Target>
        <Button
          variant="subtle"
          size="xs"
          loading={pending}
          className={classes.button}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('spending.button', { mode: current })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown ref={list} className={classes.list}>
        {step.ask === 'mode' && (
          <>
            <Menu.Item rightSection={check(mode === 'normal')} onClick={() => set({ mode: 'normal' })}>
              {t('spending.choice.normal')}
              <span className={classes.note}>{t('spending.choice.normalNote')}</span>
            </Menu.Item>
            <Menu.Item
              rightSection={check(mode === 'free')}
              onClick={() => (someFree ? set({ mode: 'free' }) : navigate('/endpoints'))}
            >
              {t('spending.choice.free')}
              {!someFree && <span className={classes.note}>{t('spending.choice.freeNone')}</span>}
            </Menu.Item>
            <Menu.Item
              closeMenuOnClick={false}
              disabled={inUse.length === 0}
              rightSection={ahead(mode === 'endpoint')}
              onClick={() => setStep({ ask: 'endpoint' })}
            >
              {t('spending.choice.endpoint')}
            </Menu.Item>
            <Menu.Item
              closeMenuOnClick={false}
              rightSection={ahead(mode === 'paused')}
              onClick={() => setStep({ ask: 'span', endpointId: null })}
            >
              {t('spending.choice.paused')}
            </Menu.Item>
          </>
        )}
        {step.ask === 'endpoint' && (
          <>
            {back(first, t('spending.choice.endpoint'))}
            {inUse.map((endpoint) => (
              <Menu.Item
                key={endpoint.id}
                closeMenuOnClick={false}
                rightSection={ahead(mode === 'endpoint' && spending.endpointId === endpoint.id)}
                onClick={() => setStep({ ask: 'span', endpointId: endpoint.id })}
              >
                {endpointName(endpoint, t)}
              </Menu.Item>
            ))}
          </>
        )}
        {step.ask === 'span' && (
          <>
            {step.endpointId === null
              ? back(first, t('spending.pauseFor'))
              : back({ ask: 'endpoint' }, t('spending.onlyFor', { name: names.endpoint(step.endpointId) }))}
            {spans.map((minutes) => (
              <Menu.Item
                key={minutes}
                onClick={() =>
                  step.endpointId === null
                    ? set({ mode: 'paused', minutes })
                    : set({ mode: 'endpoint', endpointId: step.endpointId, minutes })
                }
              >
                {t(`spending.span.${minutes}`)}
              </Menu.Item>
            ))}
            {step.endpointId === null && (
              <Menu.Item onClick={() => set({ mode: 'paused' })}>{t('spending.untilResumed')}</Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
