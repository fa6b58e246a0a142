import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ImportChoice,
  ImportNote,
  ImportPlan,
  PlannedEndpoint,
} from '../../../main/contract/schemas/transfer.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations, useSession } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { issueWords } from '../../components/serverIssues.ts';
import { useImportDone } from '../../components/useImportDone.ts';
import classes from './ImportPlanDialog.module.css';
import type { ImportAnswer } from './ImportQuestion.tsx';

interface Props {
  plan: ImportPlan;
  /** The file again: nothing of it is kept by the gateway until it is taken. */
  input: { text: string } & ImportAnswer;
  onClose(): void;
}

/** What is wrong with an endpoint comes as the schema says it: `baseUrl: must be …`. */
function noteWords({ code, what, detail }: ImportNote, t: TFunction): string {
  const [, field, message] = (code === 'wrong-endpoint' && /^(\S+: )(.*)$/s.exec(detail)) || [];
  const said = message === undefined ? detail : `${field}${issueWords(message, t)}`;
  return t(`transfer.note.${code}`, { what, detail: said });
}

function factsOf(endpoint: PlannedEndpoint, t: TFunction): string[] {
  const facts = [t('transfer.accounts', { count: endpoint.accounts })];
  if (endpoint.models > 0) facts.push(t('transfer.models', { count: endpoint.models }));
  else if (!endpoint.existing) facts.push(t('transfer.allModels'));
  if (endpoint.withoutKey > 0) facts.push(t('transfer.withoutKey', { count: endpoint.withoutKey }));
  if (!endpoint.enabled) facts.push(t('transfer.off'));
  if (endpoint.existing) facts.push(newOf(endpoint, t));
  return facts;
}

/** What adding to the endpoint that is there would bring. */
function newOf({ brings }: PlannedEndpoint, t: TFunction): string {
  const parts = [
    brings.accounts > 0 ? t('transfer.accounts', { count: brings.accounts }) : '',
    brings.models > 0 ? t('transfer.models', { count: brings.models }) : '',
    brings.mappings > 0 ? t('transfer.mappings', { count: brings.mappings }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? t('transfer.brings', { what: parts.join(' · ') }) : t('transfer.nothingNew');
}

function EndpointItem({
  endpoint,
  choice,
  onChoose,
}: {
  endpoint: PlannedEndpoint;
  choice: ImportChoice;
  onChoose(choice: ImportChoice): void;
}) {
  const { t } = useTranslation();
  const { existing } = endpoint;
  const name = endpoint.name || endpoint.baseUrl;
  const there = existing && (existing.name || existing.id);
  const options = [
    ...(there ? [{ value: 'merge', label: t('transfer.choice.merge', { name: there }) }] : []),
    { value: 'add', label: there ? t('transfer.choice.addAgain') : t('transfer.choice.add') },
    { value: 'skip', label: t('transfer.choice.skip') },
  ];
  return (
    <li className={classes.item}>
      <div>
        <p className={classes.name} title={name}>
          {name}
        </p>
        <p className={classes.facts}>
          <code>{endpoint.baseUrl}</code>
          {factsOf(endpoint, t).map((fact) => (
            <Fragment key={fact}>
              {' · '}
              <span className={classes.fact}>{fact}</span>
            </Fragment>
          ))}
        </p>
      </div>
      <Select
        aria-label={t('transfer.choiceFor', { name })}
        data={options}
        value={choice}
        allowDeselect={false}
        onChange={(next) => next && onChoose(next as ImportChoice)}
      />
    </li>
  );
}

/** Everything a file would add and change, with a choice for each; nothing applies before the click. */
export function ImportPlanDialog({ plan, input, onClose }: Props) {
  const { t } = useTranslation();
  const { queryClient } = useSession();
  const { transfer } = useOperations();
  const [choices, setChoices] = useState<Record<string, ImportChoice>>({});
  const [settings, setSettings] = useState(true);
  const [clientKeys, setClientKeys] = useState(true);
  const tellDone = useImportDone();
  const apply = useMutation(
    transfer.apply.mutationOptions({
      meta: { quiet: true },
      onSuccess: (result) => {
        tellDone(result);
        void queryClient.invalidateQueries();
        onClose();
      },
    }),
  );
  const choiceOf = (endpoint: PlannedEndpoint) => choices[endpoint.key] ?? endpoint.proposed;
  const takes =
    plan.endpoints.some((endpoint) => choiceOf(endpoint) !== 'skip') ||
    (settings && plan.settings.length > 0) ||
    (clientKeys && plan.clientKeys.length > 0);

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('transfer.title2', { program: t(`transfer.program.${plan.source}`) })}
    >
      <div className={dialog.form}>
        {plan.endpoints.length > 0 && (
          <ul className={classes.list} aria-label={t('transfer.endpoints')}>
            {plan.endpoints.map((endpoint) => (
              <EndpointItem
                key={endpoint.key}
                endpoint={endpoint}
                choice={choiceOf(endpoint)}
                onChoose={(choice) => setChoices({ ...choices, [endpoint.key]: choice })}
              />
            ))}
          </ul>
        )}
        {plan.settings.length > 0 && (
          <div>
            <Checkbox
              label={t('transfer.settings', { count: plan.settings.length })}
              checked={settings}
              onChange={(event) => setSettings(event.currentTarget.checked)}
            />
            <ul className={classes.changes}>
              {plan.settings.map(({ path, from, to }) => (
                <li key={path}>
                  {path}: {from} → {to}
                </li>
              ))}
            </ul>
          </div>
        )}
        {plan.clientKeys.length > 0 && (
          <Checkbox
            label={t('transfer.keys', { count: plan.clientKeys.length })}
            checked={clientKeys}
            onChange={(event) => setClientKeys(event.currentTarget.checked)}
          />
        )}
        {plan.notes.length > 0 && (
          <div>
            <p className={classes.sub}>{t('transfer.notes')}</p>
            <ul className={classes.notes}>
              {plan.notes.map((note) => (
                <li key={`${note.code} ${note.what} ${note.detail}`}>{noteWords(note, t)}</li>
              ))}
            </ul>
          </div>
        )}
        {apply.error && <p role="alert">{errorWords(apply.error, t)}</p>}
        <div className={dialog.actions}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={apply.isPending}
            disabled={!takes}
            onClick={() => apply.mutate({ ...input, choices, settings, clientKeys })}
          >
            {takes ? t('transfer.apply') : t('transfer.nothing')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
