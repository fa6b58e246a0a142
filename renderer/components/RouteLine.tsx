import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Why } from '../../main/contract/schemas/record.ts';
import { BackIn } from './BackIn.tsx';
import { implicitId } from './mendsFor.ts';
import { OriginalWords } from './OriginalWords.tsx';
import classes from './RouteLine.module.css';
import { reasonLine } from './reasonWords.ts';
import { StateMark, type Tone } from './StateMark.tsx';
import { useNames } from './useNames.ts';

interface NodeProps {
  tone: Tone;
  endpointId: string;
  accountIds: readonly string[];
  /** At the right: what became of it, or its place. */
  note: React.ReactNode;
  children?: React.ReactNode;
}

/** One candidate on the vertical line of those that are tried or passed over; stands in an `ol`. */
export function RouteNode({ tone, endpointId, accountIds, note, children }: NodeProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [only] = accountIds;
  let accounts = '';
  if (accountIds.length > 1) accounts = t('endpoints.accountCount', { count: accountIds.length });
  else if (only && only !== implicitId) accounts = names.account(endpointId, only);
  return (
    <li className={classes.node}>
      <StateMark tone={tone} />
      <div className={classes.words}>
        <div className={classes.top}>
          <span className={classes.where}>
            <Link href={`/endpoints/${endpointId}`}>{names.endpoint(endpointId)}</Link>
            {accounts && <span className={classes.account}>{accounts}</span>}
          </span>
          <span className={classes.note}>{note}</span>
        </div>
        {children}
      </div>
    </li>
  );
}

/** A line below the name. */
export function RouteReason({ title, children }: { title?: string; children: React.ReactNode }) {
  return (
    <p className={classes.reason} title={title}>
      {children}
    </p>
  );
}

/** Why somebody is passed over, and when that ends; in the gateway's own words on hover. */
export function WhyLine({ why, until }: { why: Why; until: number | null }) {
  const { t } = useTranslation();
  return (
    <>
      <RouteReason title={why.reason}>
        {reasonLine(why, t)}
        {until !== null && until > Date.now() && (
          <>
            {' · '}
            <BackIn time={until} again={why.code === 'refused' || why.code === 'exhausted'} />
          </>
        )}
      </RouteReason>
      {why.code === 'cannot-carry' && why.facts.words && <OriginalWords>{why.facts.words}</OriginalWords>}
    </>
  );
}
