import { useTranslation } from 'react-i18next';
import { ChangeMark } from './ChangeMark.tsx';
import type { Look } from './CompareTools.tsx';
import type { Change } from './changes.ts';
import { wordChange } from './heading-change.ts';
import type { Marking } from './marking.ts';

interface HeadingLineProps {
  readonly as: 'h2' | 'h3';
  readonly className: string;
  readonly number: string;
  /** Its words in the later state. */
  readonly text: string;
  readonly changes: readonly Change[];
  readonly marks: Marking;
  readonly look: Look;
}

/** Title or heading: other words marked where they stand, everything else that became of it said beside it. */
export function HeadingLine({ as: Level, className, number, text, changes, marks, look }: HeadingLineProps) {
  const { t } = useTranslation();
  const renamed = changes.find(({ kind }) => kind === 'heading' || kind === 'title');
  const added = changes.find(({ kind }) => kind === 'added' || kind === 'removed');
  const others = changes.filter((change) => change !== renamed && change !== added);
  const name = changes.map(({ id }) => id).join(' ');
  if (look !== 'all') {
    return (
      <Level className={`${className} past-heading`} data-changes={name}>
        {look === 'simple' && changes.length > 0 ? <span className="cbar" aria-hidden="true" /> : null}
        {number}
        {text}
      </Level>
    );
  }
  const op = added?.kind === 'removed' ? 'del' : 'ins';
  return (
    <Level className={`${className} past-heading`} data-changes={name}>
      {changes.length > 0 ? <span className="cbar" aria-hidden="true" /> : null}
      {number}
      {added !== undefined ? (
        <ChangeMark change={added.id} op={op} first marks={marks}>
          {text === '' ? t('history.passage') : text}
        </ChangeMark>
      ) : renamed !== undefined ? (
        <Renamed change={renamed} marks={marks} />
      ) : (
        text
      )}
      {others.map((change) => (
        <ChangeMark key={change.id} change={change.id} op="moved" first marks={marks}>
          <span className="hm-look">{`${marks.words.kind(change)} ${marks.words.what(change)}`}</span>
        </ChangeMark>
      ))}
    </Level>
  );
}

function Renamed({ change, marks }: { readonly change: Change; readonly marks: Marking }) {
  const { before, was, is, after } = wordChange(change.was, change.is);
  return (
    <>
      {before}
      {was === '' ? null : (
        <ChangeMark change={change.id} op="del" first marks={marks}>
          {was}
        </ChangeMark>
      )}
      {is === '' ? null : (
        <ChangeMark change={change.id} op="ins" first={was === ''} marks={marks}>
          {is}
        </ChangeMark>
      )}
      {after}
    </>
  );
}
