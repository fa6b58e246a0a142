import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { FoldedGroup } from '../../../components/FoldedGroup.tsx';
import classes from './Conversation.module.css';
import type { Piece, Said } from './conversation.ts';

/** A conversation to read: who said what, images as a note. */
export function Conversation({ said }: { said: readonly Said[] }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.turns}>
      {said.map(({ role, pieces }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn has no identity but its place
        <li key={index} className={classes.turn} data-role={role}>
          <p className={classes.role}>{t(`bodies.role.${role}`)}</p>
          <Pieces pieces={pieces} />
        </li>
      ))}
    </ol>
  );
}

/** What one side says, part by part. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
    <PieceView key={index} piece={piece} />
  ));
}

function toolWords({ kind, name }: Extract<Piece, { name: string }>, t: TFunction): string {
  if (kind === 'call') return t('trial.calls', { name });
  return name === '' ? t('bodies.result') : t('bodies.resultOf', { name });
}

function PieceView({ piece }: { piece: Piece }) {
  const { t } = useTranslation();
  switch (piece.kind) {
    case 'text':
    case 'refusal':
      return <p className={classes.text}>{piece.text}</p>;
    case 'error':
      return <p className={`${classes.text} ${classes.error}`}>{piece.text}</p>;
    case 'reasoning':
      return piece.text === '' ? null : (
        <FoldedGroup title={t('trial.reasoning')}>
          <p className={`${classes.text} ${classes.quiet}`}>{piece.text}</p>
        </FoldedGroup>
      );
    case 'call':
    case 'result':
      return (
        <div className={classes.tool}>
          <span>{toolWords(piece, t)}</span>
          <code>{piece.text}</code>
        </div>
      );
    case 'media':
      return (
        <p className={classes.quiet}>
          {t('bodies.media', { type: piece.mediaType })}
          {piece.detail !== '' && <span className={classes.detail}> {piece.detail}</span>}
        </p>
      );
  }
}
