import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../main/contract/schemas/views.ts';
import classes from './EndpointLine.module.css';
import { endpointName } from './endpointName.ts';
import { endpointStanding } from './endpointStanding.ts';
import { LinkRow } from './LinkRow.tsx';
import { StateMark } from './StateMark.tsx';

interface Props {
  endpoint: EndpointView;
  /** Its columns: 12 px for the mark, the name, and those of `children`. */
  className: string | undefined;
  children: React.ReactNode;
}

/** How an endpoint stands and its name, in a line that leads to it. */
export function EndpointLine({ endpoint, className, children }: Props) {
  const { t } = useTranslation();
  return (
    <LinkRow href={`/endpoints/${endpoint.id}`} className={className}>
      <StateMark tone={endpointStanding(endpoint).tone} />
      <span className={classes.name}>{endpointName(endpoint, t)}</span>
      {children}
    </LinkRow>
  );
}
