import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplacePreview, ReplaceUndo } from '../../../shared/api/replace.ts';
import { MAX_FIND, MAX_REPLACEMENT } from '../../../shared/finding/find.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import { notify } from '../../ui/notices.ts';
import { ask, replaceApi } from '../requests/index.ts';
import { hitsOf, placesInOrder } from './places.ts';
import { ReplaceDialog } from './ReplaceDialog.tsx';
import { useMarks } from './use-marks.ts';

interface FindBarProps {
  readonly report: ReportId;
  /** The report's newest entry: with it the places are looked for again. */
  readonly seq: Seq;
  readonly order: readonly NodeId[];
  readonly pane: RefObject<HTMLElement | null>;
  readonly withReplacement: boolean;
  readonly mayReplace: boolean;
  readonly nameOf: (node: NodeId) => string;
  /** Brings a node near, so that its chapter opens. */
  readonly onFar: (node: NodeId) => void;
  readonly onClose: () => void;
}

const PAUSE_MS = 200;

/** Finds over the whole report, also in chapters that are not open, and leads to replacing. */
export function FindBar(props: FindBarProps) {
  const { report, seq, order, pane, mayReplace, nameOf, onFar, onClose } = props;
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const field = useRef<HTMLInputElement>(null);
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [matchWidth, setMatchWidth] = useState(false);
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<{ readonly find: string; readonly preview: ReplacePreview } | null>(null);
  /** Why the places could not be looked for; looking again, by typing or by the next entry, ends it. */
  const [trouble, setTrouble] = useState<string | null>(null);
  const [replacing, setReplacing] = useState(false);
  /** The newest replacement: it can be taken back as long as this is open, also when its notice has gone. */
  const [undo, setUndo] = useState<ReplaceUndo | null>(null);
  const options = useMemo(() => ({ matchCase, matchWidth }), [matchCase, matchWidth]);
  const places = useMemo(() => (found === null ? [] : placesInOrder(found.preview, order)), [found, order]);
  const hits = useMemo(() => hitsOf(places), [places]);
  const index = Math.min(at, hits.length - 1);
  const current = hits[index] ?? null;
  useMarks({ pane, places, find: found?.find ?? '', options, current });

  useEffect(() => field.current?.select(), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is a reason to look again
  useEffect(() => {
    setTrouble(null);
    if (find === '') {
      setFound(null);
      return;
    }
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await ask(replaceApi.preview(report, { find, replacement: '', options }));
      if (stale) return;
      if (answer.ok) setFound({ find, preview: answer.value });
      setTrouble(answer.ok ? null : failureWords(answer.error));
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [report, find, options, seq]);

  function step(by: 1 | -1): void {
    if (hits.length === 0) return;
    const next = (index + by + hits.length) % hits.length;
    setAt(next);
    const node = hits[next]?.place.node ?? null;
    if (node !== null) onFar(node);
  }

  async function takeBack(done: ReplaceUndo): Promise<void> {
    const answer = await ask(replaceApi.undo(report, done));
    if (!answer.ok) return notify(failureWords(answer.error));
    setUndo((now) => (now === done ? null : now));
    const { restored, left } = answer.value;
    notify(left === 0 ? t('find.undone', { count: restored }) : t('find.undoneLeft', { count: left }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  const status =
    find === ''
      ? ''
      : trouble !== null
        ? trouble
        : found?.find !== find
          ? t('find.looking')
          : hits.length === 0
            ? t('find.none')
            : t('find.at', { at: index + 1, total: hits.length });
  return (
    <search className="find-bar" aria-label={t('find.title')}>
      <input
        ref={field}
        className="field find-field"
        aria-label={t('find.look')}
        placeholder={t('find.lookPlaceholder')}
        value={find}
        maxLength={MAX_FIND}
        spellCheck={false}
        onChange={(event) => {
          setFind(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <span className="cap nowrap find-status" role="status">
        {status}
      </span>
      <Button look="quiet" size="sm" icon hint={t('find.previous')} onClick={() => step(-1)}>
        <ChevronUp aria-hidden="true" />
      </Button>
      <Button look="quiet" size="sm" icon hint={t('find.next')} onClick={() => step(1)}>
        <ChevronDown aria-hidden="true" />
      </Button>
      <label className="find-option">
        <input type="checkbox" checked={matchCase} onChange={(event) => setMatchCase(event.target.checked)} />
        {t('find.matchCase')}
      </label>
      <label className="find-option">
        <input type="checkbox" checked={matchWidth} onChange={(event) => setMatchWidth(event.target.checked)} />
        {t('find.matchWidth')}
      </label>
      <span className="grow" />
      <Button look="quiet" size="sm" icon hint={t('find.close')} onClick={onClose}>
        <X aria-hidden="true" />
      </Button>
      {props.withReplacement && mayReplace ? (
        <div className="find-replace">
          <input
            className="field find-field"
            aria-label={t('find.replacement')}
            placeholder={t('find.replacementPlaceholder')}
            value={replacement}
            maxLength={MAX_REPLACEMENT}
            spellCheck={false}
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !isComposing(event)) onClose();
            }}
          />
          <Button
            size="sm"
            reason={hits.length === 0 ? t('find.none') : find === replacement ? t('find.same') : null}
            onClick={() => setReplacing(true)}
          >
            {t('find.preview')}
          </Button>
          {undo === null ? null : (
            <Button size="sm" onClick={() => void takeBack(undo)}>
              {t('find.undoLast')}
            </Button>
          )}
        </div>
      ) : null}
      {replacing ? (
        <ReplaceDialog
          report={report}
          command={{ find, replacement, options }}
          order={order}
          nameOf={nameOf}
          onDone={setUndo}
          onTakeBack={(done) => void takeBack(done)}
          onClose={() => setReplacing(false)}
        />
      ) : null}
    </search>
  );
}
