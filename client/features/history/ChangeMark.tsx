import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiffOp } from '../../../shared/api/history.ts';
import { initialOf } from '../../ui/Avatar.tsx';
import type { Marking } from './marking.ts';

interface ChangeMarkProps {
  readonly change: string;
  readonly op: DiffOp;
  /** The first mark of its change: it carries the initial, and is where one arrives. */
  readonly first: boolean;
  readonly marks: Marking;
  readonly children: ReactNode;
}

/**
 * Text of a change: underlined when inserted, struck when deleted, double underlined when moved, dotted when its format changed; in its
 * author's colour, with the initial, and with name and time when it is pointed at or arrived at. A screen reader hears the same in words.
 */
export function ChangeMark({ change: named, op, first, marks, children }: ChangeMarkProps) {
  const { t } = useTranslation();
  const change = marks.changes.get(named);
  if (change === undefined) return children;
  const { id } = change;
  const anchor = first && (op !== 'left' || change.kind === 'left');
  const face = marks.people.face(change.by);
  const classes = ['hm', op, `a${face.colour}`, face.secondRound ? 'round2' : '', id === marks.current ? 'cur' : '']
    .filter(Boolean)
    .join(' ');
  const Tag = op === 'ins' ? 'ins' : op === 'del' ? 'del' : 'span';
  return (
    <Tag
      className={classes}
      data-change={id}
      data-anchor={anchor ? id : undefined}
      tabIndex={anchor ? -1 : undefined}
      onFocus={anchor ? () => marks.onCurrent(id) : undefined}
    >
      {first ? (
        <span
          className="hm-who"
          aria-hidden="true"
          data-i={marks.words.tag(change, op) ?? initialOf(face.name)}
          data-full={marks.words.whole(change)}
        />
      ) : null}
      <span className="unseen">
        {t(`history.spoken.${op === 'ins' && change.kind === 'restore' ? 'back' : op}`, {
          name: face.name,
          detail: op === 'keep' ? marks.words.what(change) : '',
          writer: op === 'moved' || op === 'ins' ? marks.words.writer(change) : '',
        })}
      </span>
      {children}
      <span className="unseen">{t('history.spokenEnd')}</span>
    </Tag>
  );
}
