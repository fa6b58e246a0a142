import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ModelPreview, ModelRoute, ModelView } from '../../../main/contract/schemas/models.ts';
import { BackIn } from '../../components/BackIn.tsx';
import { reasonLine } from '../../components/reasonWords.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import classes from './ModelPanel.module.css';
import { routeTone } from './modelTone.ts';
import { isChosenByStrategy, type PreviewStep, previewSteps } from './previewSteps.ts';
import { useRouteWords } from './useRouteWords.ts';

interface Props {
  id: string;
  model: ModelView | null;
  preview: ModelPreview;
}

/** The plan for a request that came now: whom it is put to, in order, and why not to the others. */
export function RoutePreview({ id, model, preview }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { candidates, skipped, strategy, maxAttempts } = preview;
  const [first] = candidates;
  let verdict = t('models.nobodyServes', { model: id });
  if (first) verdict = t('models.goesTo', { endpoint: names.endpoint(first.endpointId) });
  else if (skipped.length > 0) verdict = t('models.nobodyNow');

  return (
    <section aria-label={t('models.route')}>
      <h3 className={classes.title}>{t('models.route')}</h3>
      <p className={classes.verdict}>{verdict}</p>
      <ol className={classes.line}>
        {previewSteps(candidates).map((step, index) => (
          <StepNode
            key={`${step.endpointId}/${step.accountIds[0]}`}
            step={step}
            place={index + 1}
            id={id}
            inactive={model?.routes.find((route) => route.inactive && route.endpointId === step.endpointId)}
          />
        ))}
        {skipped.map(({ endpointId, accountId, until, ...why }) => (
          <li key={`${endpointId}/${accountId}`} className={classes.node}>
            <StateMark tone="off" />
            <div className={classes.words}>
              <div className={classes.top}>
                <Where endpointId={endpointId} accountIds={accountId ? [accountId] : []} />
                <span className={classes.quiet}>{t('detail.skipped')}</span>
              </div>
              <p className={classes.reason}>
                {reasonLine(why, t)}
                {until !== null && until > Date.now() && (
                  <>
                    {' · '}
                    <BackIn time={until} />
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {candidates.length > 0 && (
        <>
          {isChosenByStrategy(preview) && (
            <p className={classes.note}>
              {t('models.likeliest', { strategy: t(`settings.strategyName.${strategy}`) })}
            </p>
          )}
          <p className={classes.note}>{t('models.attempts', { count: maxAttempts })}</p>
        </>
      )}
    </section>
  );
}

function Where({ endpointId, accountIds }: { endpointId: string; accountIds: readonly string[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const [only] = accountIds;
  let accounts = '';
  if (accountIds.length > 1) accounts = t('endpoints.accountCount', { count: accountIds.length });
  else if (only && only !== 'none') accounts = names.account(endpointId, only);
  return (
    <span className={classes.where}>
      <Link href={`/endpoints/${endpointId}`}>{names.endpoint(endpointId)}</Link>
      {accounts && <span className={classes.account}>{accounts}</span>}
    </span>
  );
}

interface StepProps {
  step: PreviewStep;
  place: number;
  id: string;
  /** Where the endpoint is known not to serve the model now: it is asked, and will hardly answer. */
  inactive: ModelRoute | undefined;
}

function StepNode({ step, place, id, inactive }: StepProps) {
  const { t } = useTranslation();
  const routeWords = useRouteWords();
  const usual = step.held === null ? 'good' : 'wait';
  return (
    <li className={classes.node}>
      <StateMark tone={inactive ? routeTone(inactive) : usual} />
      <div className={classes.words}>
        <div className={classes.top}>
          <Where endpointId={step.endpointId} accountIds={step.accountIds} />
          <span className={classes.quiet}>{t('models.place', { place })}</span>
        </div>
        {step.upstreamModel !== id && (
          <p className={`${classes.reason} ${classes.called}`}>
            {t('models.calledThere')}
            <code>{step.upstreamModel}</code>
          </p>
        )}
        {inactive && <p className={classes.reason}>{routeWords(inactive)}</p>}
        {step.held !== null && !inactive && (
          <p className={classes.reason}>
            {t('models.state.last')} · {reasonLine(step.held, t)}
          </p>
        )}
      </div>
    </li>
  );
}
