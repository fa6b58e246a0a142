import { useTranslation } from 'react-i18next';
import type { ModelPreview, ModelRoute, ModelView } from '../../../main/contract/schemas/models.ts';
import { Mends } from '../../components/Mends.tsx';
import { RouteNode, RouteReason, WhyLine } from '../../components/RouteLine.tsx';
import { reasonLine } from '../../components/reasonWords.ts';
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
      <ol>
        {previewSteps(candidates).map((step, index) => (
          <StepNode
            key={`${step.endpointId}/${step.accountIds[0]}`}
            step={step}
            place={index + 1}
            id={id}
            inactive={model?.routes.find((route) => route.inactive && route.endpointId === step.endpointId)}
          />
        ))}
        {skipped.map((skip) => (
          <RouteNode
            key={`${skip.endpointId}/${skip.accountId}`}
            tone="off"
            endpointId={skip.endpointId}
            accountIds={skip.accountId ? [skip.accountId] : []}
            note={t('detail.skipped')}
          >
            <WhyLine why={skip} until={skip.until} />
            {skip.code && (
              <Mends
                cause={skip.code}
                facts={skip.facts}
                endpointId={skip.endpointId}
                accountId={skip.accountId}
                model={id}
                atModel
              />
            )}
          </RouteNode>
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
  const held = step.accountIds.length === 1 ? (inactive?.why ?? step.held) : null;
  const usual = step.held === null ? 'good' : 'wait';
  return (
    <RouteNode
      tone={inactive ? routeTone(inactive) : usual}
      endpointId={step.endpointId}
      accountIds={step.accountIds}
      note={t('models.place', { place })}
    >
      {step.upstreamModel !== id && (
        <RouteReason>
          {t('models.calledThere')} <code>{step.upstreamModel}</code>
        </RouteReason>
      )}
      {inactive && <RouteReason>{routeWords(inactive)}</RouteReason>}
      {step.held !== null && !inactive && (
        <RouteReason>
          {t('models.state.last')} · {reasonLine(step.held, t)}
        </RouteReason>
      )}
      {held?.code && (
        <Mends
          cause={held.code}
          facts={held.facts}
          endpointId={step.endpointId}
          accountId={step.accountIds[0] ?? null}
          model={id}
          upstreamModel={step.upstreamModel}
          atModel
        />
      )}
    </RouteNode>
  );
}
