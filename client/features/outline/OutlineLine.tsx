import { Ellipsis, GripVertical } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeadingForm } from '../../../shared/outline/outline.ts';
import { Avatar, type Face, FaceButton, Faces } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../../ui/Menu.tsx';
import type { Progress } from '../blanks/index.ts';
import { useSayCount } from '../counts/index.ts';
import type { SendLine } from '../single-line/index.ts';
import { type Direction, headingName, type OutlineRow } from './model.ts';
import { usePlaceName } from './place-name.ts';
import { RenameField } from './RenameField.tsx';

interface OutlineLineProps {
  readonly row: OutlineRow;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
  readonly faces: readonly Face[];
  /** Who is asked for it. */
  readonly owner: Face | null;
  readonly note: string;
  readonly dragged: boolean;
  /** Something in it changed since the reader last looked. */
  readonly unread: boolean;
  /** How far its blanks are filled; null where it has none. */
  readonly blanks: Progress | null;
  readonly mayChange: boolean;
  readonly renaming: boolean;
  readonly may: (direction: Direction) => boolean;
  readonly send: SendLine;
  readonly onRename: (on: boolean) => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onGo: () => void;
  readonly onDrag: (event: PointerEvent, byGrip: boolean) => void;
  readonly onMove: (direction: Direction) => void;
  readonly onCharge: () => void;
  readonly onForm: (form: HeadingForm) => void;
  readonly onRemove: (place: string) => void;
  /** To somebody who is in this chapter. */
  readonly onVisit: (member: string) => void;
}

const SHOWN_FACES = 3;

export function OutlineLine(props: OutlineLineProps) {
  const { row, isCurrent, isStop, faces, owner, note, mayChange } = props;
  const { t } = useTranslation();
  const place = usePlaceName()(row);
  const sayCount = useSayCount();
  const open = props.blanks === null ? row.blanks : props.blanks.total - props.blanks.filled;
  const classes = ['oline', row.node.kind, row.depth === 0 ? 'top-level' : '', isCurrent ? 'here' : '', props.dragged ? 'dragged' : '']
    .filter(Boolean)
    .join(' ');
  const others = faces.filter((face) => face.id !== owner?.id);
  const ownerHere = others.length < faces.length;
  return (
    <li className={classes}>
      {mayChange && !props.renaming ? (
        <span className="oline-grip" title={t('outline.grip', { place })} onPointerDown={(event) => props.onDrag(event, true)}>
          <GripVertical aria-hidden="true" />
        </span>
      ) : null}
      {props.renaming ? (
        <RenameField value={row.node.heading} send={props.send} onDone={() => props.onRename(false)} />
      ) : (
        <button
          type="button"
          className="oline-go"
          data-row={row.node.id}
          tabIndex={isStop ? 0 : -1}
          aria-current={isCurrent ? 'location' : undefined}
          onClick={props.onGo}
          onFocus={props.onFocus}
          onKeyDown={props.onKeyDown}
          onPointerDown={(event) => props.onDrag(event, false)}
        >
          <span className="oline-name" title={place} lang={row.passage === null ? 'zh-CN' : undefined}>
            {row.number === '' ? null : <span className="oline-number">{row.number}</span>}
            <span className="cut2">{row.passage === null ? headingName(row.node) : place}</span>
            {props.unread ? <span className="unread-dot" role="img" aria-label={t('unread.dot')} title={t('unread.dot')} /> : null}
          </span>
          {row.count === null ? null : (
            <span className="oline-figures">
              <span className="cap" title={sayCount(row.count)}>
                {t('outline.characters', { count: row.count.characters })}
              </span>
              {open > 0 ? (
                <span className="blanks" title={props.blanks === null ? undefined : t('blanks.progress', { ...props.blanks })}>
                  {t('outline.blanks', { count: open })}
                </span>
              ) : null}
            </span>
          )}
          {note === '' ? null : (
            <span className="oline-note cut" lang="zh-CN" title={note}>
              {t('outline.noteIs', { note })}
            </span>
          )}
        </button>
      )}
      {faces.length === 0 && owner === null ? null : (
        <span className="oline-faces">
          {others.length === 0 ? null : (
            <Faces more={others.length - SHOWN_FACES} moreLabel={t('report.others', { count: others.length - SHOWN_FACES })}>
              {others.slice(0, SHOWN_FACES).map((face) => (
                <FaceButton
                  key={face.id}
                  face={face}
                  tabIndex={isStop ? 0 : -1}
                  label={t('visit.to', { name: face.name })}
                  onPress={() => props.onVisit(face.id)}
                />
              ))}
            </Faces>
          )}
          {owner === null ? null : (
            <Avatar
              face={owner}
              size="sm"
              away={!ownerHere}
              label={t(ownerHere ? 'outline.ownerHere' : 'outline.ownerIs', { name: owner.name })}
            />
          )}
        </span>
      )}
      {mayChange && !props.renaming ? (
        <span className="oline-more">
          <Menu
            align="end"
            trigger={
              <Button look="quiet" size="sm" icon tabIndex={isStop ? 0 : -1} aria-label={t('outline.more', { place })}>
                <Ellipsis aria-hidden="true" />
              </Button>
            }
          >
            {row.node.kind === 'passage' ? null : (
              <MenuItem shortcut="F2" onPick={() => setTimeout(() => props.onRename(true))}>
                {t('outline.rename')}
              </MenuItem>
            )}
            <MenuItem shortcut="Alt+↑" disabled={!props.may('up')} onPick={() => props.onMove('up')}>
              {t('outline.moveUp')}
            </MenuItem>
            <MenuItem shortcut="Alt+↓" disabled={!props.may('down')} onPick={() => props.onMove('down')}>
              {t('outline.moveDown')}
            </MenuItem>
            {row.node.kind === 'part' ? null : (
              <>
                <MenuItem shortcut="Alt+←" disabled={!props.may('promote')} onPick={() => props.onMove('promote')}>
                  {t('outline.promote')}
                </MenuItem>
                <MenuItem shortcut="Alt+→" disabled={!props.may('demote')} onPick={() => props.onMove('demote')}>
                  {t('outline.demote')}
                </MenuItem>
              </>
            )}
            <MenuLine />
            <MenuItem onPick={() => setTimeout(props.onCharge)}>{t('outline.charge')}</MenuItem>
            {row.node.kind === 'chapter' ? (
              <>
                <MenuLine />
                <MenuChoice
                  value={row.node.form}
                  onChoose={(form) => props.onForm(form === 'run-in' ? 'run-in' : 'own-line')}
                  options={[
                    { value: 'own-line', label: t('outline.ownLine') },
                    { value: 'run-in', label: t('outline.runIn') },
                  ]}
                />
              </>
            ) : null}
            <MenuLine />
            <MenuItem shortcut="Delete" onPick={() => props.onRemove(place)}>
              {t('outline.remove')}
            </MenuItem>
          </Menu>
        </span>
      ) : null}
    </li>
  );
}
