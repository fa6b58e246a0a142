import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ClipboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mendBaseUrl } from '../../../main/contract/mendBaseUrl.ts';
import type { Mend } from '../../../main/contract/schemas/check.ts';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { sortIssues } from '../../components/serverIssues.ts';
import { accountsOf, halfLogins, noCredentials } from './credentials.ts';
import { DoctorReport } from './DoctorReport.tsx';
import classes from './EndpointDrawer.module.css';
import { EndpointFields } from './EndpointFields.tsx';
import {
  changesOrigin,
  changesWay,
  createInputOf,
  type EndpointFormValues,
  endpointFields,
  updateInputOf,
  valuesOfEndpoint,
  valuesOfPreset,
} from './endpointForm.ts';
import { type FormField, mendValues } from './mendValues.ts';
import { parsePaste } from './parsePaste.ts';
import { type DoctorTarget, useDoctor } from './useDoctor.ts';
import { valuesOfPaste } from './valuesOfPaste.ts';

export interface FormStart {
  /** What stands in the form beside what the endpoint or preset says. */
  change?: Partial<EndpointFormValues>;
  /** The field to begin with. */
  focus?: FormField | null;
}

interface Props {
  /** The endpoint to change; null makes a new one. */
  endpoint: EndpointView | null;
  preset: Preset | null;
  start?: FormStart;
  /** Whether something would be lost now. */
  onTyped(typed: boolean): void;
  onSaved(id: string): void;
  onCancel(): void;
}

/** Fills in, tries and saves one endpoint. What the gateway refuses is shown at the field it names. */
export function EndpointForm({ endpoint, preset, start, onTyped, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const { endpoints } = useOperations();
  const quiet = { meta: { quiet: true } };
  const create = useMutation(endpoints.create.mutationOptions({ ...quiet, gcTime: 0 }));
  const update = useMutation(endpoints.update.mutationOptions(quiet));
  const fetchModels = useMutation(endpoints.fetchModels.mutationOptions(quiet));
  const doctor = useDoctor();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<EndpointFormValues>(() => ({
    ...(endpoint ? valuesOfEndpoint(endpoint) : valuesOfPreset(preset)),
    ...start?.change,
  }));
  // Keys that were pasted into the search for a provider are typed as well.
  const [began] = useState(() => JSON.stringify({ ...values, ...noCredentials }));
  useEffect(() => onTyped(JSON.stringify(values) !== began), [onTyped, values, began]);
  const [mended, setMended] = useState<string | null>(null);

  const failure = create.error ?? update.error ?? doctor.error ?? fetchModels.error;
  const issues = sortIssues(issuesOf(failure), endpointFields, t);
  const rest = failure && issuesOf(failure).length === 0 ? [errorWords(failure, t)] : issues.rest;

  function lead(field: FormField | null) {
    const fields = form.current?.querySelectorAll<HTMLElement>(
      `[data-field="${field}"] :is(input, textarea)`,
    );
    const last = fields?.item(fields.length - 1);
    last?.scrollIntoView({ block: 'center' });
    last?.focus({ preventScroll: true });
  }
  const first = start?.focus ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the form begins is decided once
  useEffect(() => {
    // The drawer puts the focus on its first field when it has slid in.
    const timer = first ? setTimeout(() => lead(first), 250) : undefined;
    return () => clearTimeout(timer);
  }, [first]);

  function forget() {
    for (const action of [create, update, fetchModels]) action.reset();
    doctor.clear();
  }

  function change(part: Partial<EndpointFormValues>) {
    setValues((earlier) => ({ ...earlier, ...part }));
    if (part.baseUrl !== undefined) setMended(null);
  }

  /** With the address as it must have been meant. */
  function mendedValues(): EndpointFormValues {
    const { baseUrl, slips } = mendBaseUrl(values.baseUrl, values.kind);
    if (slips.length === 0) return values;
    setMended(t('endpoints.addressMended', { url: baseUrl }));
    const next = { ...values, baseUrl };
    setValues(next);
    return next;
  }

  function save() {
    forget();
    const next = mendedValues();
    const saved = { onSuccess: ({ id }: { id: string }) => onSaved(id) };
    if (endpoint) update.mutate(updateInputOf(endpoint, next), saved);
    else create.mutate(createInputOf(next), saved);
  }

  /** What stands in the form, saved or not. */
  function targetOf(form: EndpointFormValues): DoctorTarget {
    return endpoint ? updateInputOf(endpoint, form) : { draft: createInputOf(form) };
  }

  function examine() {
    forget();
    doctor.start(targetOf(mendedValues()));
  }

  function askModels() {
    if (!endpoint || changesWay(endpoint, values)) return examine();
    forget();
    fetchModels.mutate({ id: endpoint.id });
  }

  function mend(what: Mend) {
    const { change: part, focus } = mendValues(what, values);
    const next = { ...values, ...part };
    setValues(next);
    if (focus) setTimeout(() => lead(focus));
    else doctor.start(targetOf(next));
  }

  /** A curl line or two variables, pasted into address or keys, fill in all they say. */
  function onPaste(event: ClipboardEvent) {
    const field = (event.target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset.field;
    if (endpoint || (field !== 'baseUrl' && field !== 'keys')) return;
    const text = event.clipboardData.getData('text');
    const setup = /^https?:\/\/\S+$/i.test(text.trim()) ? null : parsePaste(text);
    if (!setup) return;
    event.preventDefault();
    setValues((earlier) => ({ ...earlier, ...valuesOfPaste(setup, earlier) }));
    setMended(t('endpoints.pasted'));
  }

  const offered = fetchModels.data?.models ?? doctor.diagnosis?.accounts[0]?.models ?? null;
  return (
    <form
      ref={form}
      className={classes.form}
      onPaste={onPaste}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      noValidate
    >
      <EndpointFields
        values={values}
        onChange={change}
        errors={issues.fields}
        withKeys={!endpoint}
        preset={preset}
        offered={offered && offered.length > 0 ? offered : null}
        fetching={fetchModels.isPending || doctor.running}
        onFetchModels={askModels}
        originWarning={endpoint !== null && changesOrigin(endpoint, values)}
        addressNote={mended}
        onAddressLeft={mendedValues}
      />
      <div className={classes.foot}>
        {!doctor.error && (
          <div className={classes.doctor}>
            <DoctorReport
              doctor={doctor}
              baseUrl={values.baseUrl}
              {...(endpoint ? { accounts: endpoint.accounts, keysElsewhere: true } : {})}
              login={accountsOf(values.kind, values)[0]?.email !== undefined}
              providerUrl={preset?.keysUrl ?? null}
              onMend={mend}
            />
          </div>
        )}
        {rest.length > 0 && (
          <ul className={classes.rest} role="alert">
            {rest.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
        <div className={classes.actions}>
          <Button
            variant="default"
            className={classes.test}
            loading={doctor.running}
            disabled={!values.baseUrl.trim()}
            onClick={examine}
          >
            {t('endpoints.test')}
          </Button>
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
