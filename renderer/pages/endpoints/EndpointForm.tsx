import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { sortIssues } from '../../components/serverIssues.ts';
import { CheckSteps } from './CheckSteps.tsx';
import { accountsOf, halfLogins } from './credentials.ts';
import classes from './EndpointDrawer.module.css';
import { EndpointFields } from './EndpointFields.tsx';
import {
  changesOrigin,
  createInputOf,
  type EndpointFormValues,
  endpointFields,
  updateInputOf,
  valuesOfEndpoint,
  valuesOfPreset,
} from './endpointForm.ts';

interface Props {
  /** The endpoint to change; null makes a new one. */
  endpoint: EndpointView | null;
  preset: Preset | null;
  onSaved(id: string): void;
  onCancel(): void;
}

/** Fills in, tries and saves one endpoint. What the gateway refuses is shown at the field it names. */
export function EndpointForm({ endpoint, preset, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const { endpoints } = useOperations();
  const quiet = { meta: { quiet: true } };
  const create = useMutation(endpoints.create.mutationOptions({ ...quiet, gcTime: 0 }));
  const update = useMutation(endpoints.update.mutationOptions(quiet));
  const check = useMutation(endpoints.checkDraft.mutationOptions({ ...quiet, gcTime: 0 }));
  const fetchModels = useMutation(endpoints.fetchModels.mutationOptions(quiet));
  const [values, setValues] = useState<EndpointFormValues>(() =>
    endpoint ? valuesOfEndpoint(endpoint) : valuesOfPreset(preset),
  );

  const failure = create.error ?? update.error ?? check.error ?? fetchModels.error;
  const issues = sortIssues(issuesOf(failure), endpointFields, t);
  const rest = failure && issuesOf(failure).length === 0 ? [errorWords(failure, t)] : issues.rest;

  function forget() {
    for (const action of [create, update, check, fetchModels]) action.reset();
  }

  function save() {
    forget();
    const saved = { onSuccess: ({ id }: { id: string }) => onSaved(id) };
    if (endpoint) update.mutate(updateInputOf(endpoint, values), saved);
    else create.mutate(createInputOf(values), saved);
  }

  function askModels() {
    forget();
    if (endpoint) fetchModels.mutate({ id: endpoint.id });
    else check.mutate(createInputOf(values));
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      noValidate
    >
      <EndpointFields
        values={values}
        onChange={(change) => setValues((earlier) => ({ ...earlier, ...change }))}
        errors={issues.fields}
        withKeys={!endpoint}
        preset={preset}
        offered={fetchModels.data?.models ?? check.data?.models ?? null}
        fetching={fetchModels.isPending || check.isPending}
        onFetchModels={askModels}
        originWarning={endpoint !== null && changesOrigin(endpoint, values)}
      />
      <div className={classes.foot}>
        {check.data && (
          <CheckSteps report={check.data} login={accountsOf(values.kind, values)[0]?.email !== undefined} />
        )}
        {rest.length > 0 && (
          <ul className={classes.rest} role="alert">
            {rest.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
        <div className={classes.actions}>
          {!endpoint && (
            <Button
              variant="default"
              className={classes.test}
              loading={check.isPending}
              disabled={!values.baseUrl.trim()}
              onClick={askModels}
            >
              {t('endpoints.test')}
            </Button>
          )}
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={create.isPending || update.isPending}
            disabled={!values.baseUrl.trim() || halfLogins(values.kind, values) > 0}
          >
            {endpoint ? t('action.save') : t('endpoints.add')}
          </Button>
        </div>
      </div>
    </form>
  );
}
