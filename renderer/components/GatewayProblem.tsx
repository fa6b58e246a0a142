import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Problem } from '../../main/contract/schemas/views.ts';
import { useOperations } from '../api/session.ts';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { ProblemRow } from './ProblemRow.tsx';
import { problemTone } from './problemTone.ts';
import { useMovePort } from './useMovePort.ts';

/** What is wrong with the gateway itself, in our words; the gateway's own stand on hover. */
export function GatewayProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return (
    <ProblemRow tone={problemTone[problem.code]} actions={<Mend problem={problem} />}>
      <span title={problem.message}>
        {t(`problem.${wordsOf(problem)}`, { message: problem.message, ...problem.details })}
      </span>
    </ProblemRow>
  );
}

/** A port that the system keeps for itself is freed by nobody. */
function wordsOf({ code, details }: Problem): Problem['code'] | 'port-reserved' {
  return code === 'port-taken' && details.reserved ? 'port-reserved' : code;
}

function Mend({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const operations = useOperations();
  const retryVault = useMutation(operations.vault.retry.mutationOptions());
  const start = useMutation(operations.gateway.start.mutationOptions());
  const decide = useMutation(operations.settings.decideOrigin.mutationOptions());
  const move = useMovePort();
  const [asking, setAsking] = useState(false);
  const inFile = useQuery(operations.gateway.status.queryOptions()).data?.vault.kind === 'file';
  const look = (href: string, label: string) => (
    <Button size="xs" variant="default" component={Link} href={href}>
      {label}
    </Button>
  );

  switch (problem.code) {
    case 'vault-locked':
    case 'vault-unavailable':
    case 'vault-memory':
      return (
        <>
          {problem.code !== 'vault-memory' && !inFile && (
            <Button
              size="xs"
              variant="default"
              loading={retryVault.isPending}
              onClick={() => retryVault.mutate(undefined)}
            >
              {t('action.tryAgain')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t(inFile ? 'vault.unlock' : 'vault.useFile')}
          </Button>
          <PassphraseDialog opened={asking} onClose={() => setAsking(false)} />
        </>
      );
    case 'port-taken':
      return (
        <>
          {problem.details.next && (
            <Button
              size="xs"
              loading={move.isPending}
              onClick={() => move.mutate({ port: Number(problem.details.next) })}
            >
              {t('problem.useNext', { port: problem.details.next })}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            loading={start.isPending}
            onClick={() => start.mutate(undefined)}
          >
            {t('action.tryAgain')}
          </Button>
          {look('/settings', t('problem.changePort'))}
        </>
      );
    case 'exposed':
      return look('/settings', t('nav.settings'));
    case 'secret-missing':
      return look('/keys', t('action.look'));
    case 'origin-waiting': {
      const origin = problem.details.origin;
      if (!origin) return null;
      return (
        <>
          <Button
            size="xs"
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ origin, allow: true })}
          >
            {t('problem.allow')}
          </Button>
          <Button size="xs" variant="default" onClick={() => decide.mutate({ origin, allow: false })}>
            {t('problem.refuse')}
          </Button>
        </>
      );
    }
    default:
      return null;
  }
}
