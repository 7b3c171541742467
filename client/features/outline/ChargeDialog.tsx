import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportMember } from '../../../shared/api.ts';
import { type MemberId, parseMemberId } from '../../../shared/ids.ts';
import type { Outline, OutlineCommand, OutlineNode } from '../../../shared/outline/outline.ts';
import { MAX_NOTE } from '../../../shared/outline/single-line.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { LineAnswer } from '../single-line/index.ts';

interface ChargeDialogProps {
  readonly node: OutlineNode;
  readonly place: string;
  readonly outline: Outline;
  readonly members: readonly ReportMember[];
  readonly nameOf: (member: string) => string;
  readonly propose: (command: OutlineCommand) => Promise<LineAnswer>;
  readonly onClose: () => void;
}

interface Charged {
  readonly owner: MemberId | null;
  readonly note: string;
}

/** Who is asked for a node, and what is to be known about it. Each of the two is an entry against the value that was seen. */
export function ChargeDialog({ node, place, outline, members, nameOf, propose, onClose }: ChargeDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const stands = outline.charges[node.id];
  const [seen, setSeen] = useState<Charged>({ owner: stands?.owner ?? null, note: stands?.note ?? '' });
  const [draft, setDraft] = useState(seen);
  const [clashes, setClashes] = useState<{ readonly owner?: string; readonly note?: string }>({});
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);

  const note = draft.note.trim();
  const tooLong = Math.max(0, [...note].length - MAX_NOTE);
  const changed = { owner: draft.owner !== seen.owner, note: note !== seen.note };
  const who = stands === undefined ? t('outline.clashSomebody') : nameOf(stands.set.by);
  const partOwner = node.parent === null ? null : (outline.charges[node.parent]?.owner ?? null);
  const leftOwner = draft.owner !== null && !members.some((member) => member.id === draft.owner && !member.left) ? draft.owner : null;

  /** @returns false when the form stays open */
  async function put(command: OutlineCommand, what: 'owner' | 'note', now: Charged): Promise<boolean> {
    const answer = await propose(command);
    if (answer.kind === 'done') setSeen((before) => ({ ...before, [what]: now[what] }));
    else if (answer.kind === 'failed') setTrouble(answer.words);
    else {
      setSeen((before) => ({ ...before, [what]: what === 'owner' ? parseMemberId(answer.is) : answer.is }));
      setClashes((before) => ({ ...before, [what]: answer.is }));
    }
    return answer.kind === 'done';
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || tooLong > 0 || !(changed.owner || changed.note)) return;
    setBusy(true);
    setTrouble('');
    setClashes({});
    const now = { owner: draft.owner, note };
    const ownerDone = !changed.owner || (await put({ op: 'owner', node: node.id, was: seen.owner, owner: now.owner }, 'owner', now));
    const noteDone = !changed.note || (await put({ op: 'note', node: node.id, was: seen.note, note }, 'note', now));
    setBusy(false);
    if (ownerDone && noteDone) onClose();
  }

  return (
    <Dialog open onOpenChange={onClose} title={place}>
      <form className="charge" noValidate onSubmit={(event) => void save(event)}>
        <div className="form-field">
          <label className="label" htmlFor={`${id}-owner`}>
            {t('outline.owner')}
          </label>
          <select
            id={`${id}-owner`}
            className="field"
            value={draft.owner ?? ''}
            aria-describedby={`${id}-owner-hint ${id}-owner-clash`}
            onChange={(event) => setDraft({ ...draft, owner: parseMemberId(event.target.value) })}
          >
            <option value="">
              {partOwner === null ? t('outline.ownerNone') : t('outline.ownerFromPart', { name: nameOf(partOwner) })}
            </option>
            {leftOwner === null ? null : <option value={leftOwner}>{t('outline.ownerLeft', { name: nameOf(leftOwner) })}</option>}
            {members
              .filter((member) => !member.left)
              .map((member) => (
                <option key={member.id} value={member.id}>
                  {t('outline.ownerRole', { name: member.name, role: t(`roles.${member.role}`) })}
                </option>
              ))}
          </select>
          <p id={`${id}-owner-hint`} className="cap">
            {t(node.kind === 'part' ? 'outline.ownerHintPart' : 'outline.ownerHint')}
          </p>
          <p id={`${id}-owner-clash`} className="complaint" role="alert">
            {clashes.owner === undefined
              ? null
              : t('outline.clashOwner', { name: who, is: clashes.owner === '' ? t('outline.ownerNone') : nameOf(clashes.owner) })}
          </p>
        </div>
        <div className="form-field">
          <label className="label" htmlFor={`${id}-note`}>
            {t('outline.note')}
          </label>
          <textarea
            id={`${id}-note`}
            className="field"
            rows={4}
            lang="zh-CN"
            value={draft.note}
            aria-invalid={tooLong > 0}
            aria-describedby={`${id}-note-hint ${id}-note-clash`}
            onChange={(event) => setDraft({ ...draft, note: event.target.value })}
          />
          <p id={`${id}-note-hint`} className="cap">
            {t('outline.noteHint')}
          </p>
          <div id={`${id}-note-clash`} className="complaint" role="alert">
            {tooLong > 0 ? t('outline.noteLong', { count: tooLong }) : null}
            {clashes.note === undefined ? null : (
              <>
                {t('outline.clashNote', { name: who })}
                <blockquote lang="zh-CN">{clashes.note === '' ? '—' : clashes.note}</blockquote>
              </>
            )}
          </div>
        </div>
        <div className="charge-foot">
          <span className="complaint grow" role="alert">
            {trouble}
          </span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} reason={changed.owner || changed.note ? null : t('outline.nothingChanged')}>
            {t('outline.saveCharge')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
