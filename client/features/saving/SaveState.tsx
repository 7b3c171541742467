import { Check, Clock3, Lock, TriangleAlert } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/access/can.ts';
import type { ReportConnection } from '../../connection/report-connection.ts';
import type { SaveView, SaveState as State } from '../../connection/save-state.ts';
import { useCalmStore } from '../../ui/calm.ts';

const ICONS = { loading: Clock3, saved: Check, saving: Clock3, offline: TriangleAlert, 'read-only': Lock, trouble: TriangleAlert } as const;
/** Every key is unsaved for a few milliseconds; only longer than this is worth saying. */
const LASTS_MS = 400;

/** Saved and saving take turns with every key, and the entry's number moves with every word of others: nobody waits to read that. */
const isUrgent = (told: SaveView, now: SaveView): boolean =>
  now.state.kind !== told.state.kind && !(isCalm(told.state) && isCalm(now.state));
const isCalm = ({ kind }: State): boolean => kind === 'saved' || kind === 'saving';

/** Beside the title: saved with the entry's number, saving, offline with a count, or why it is read-only. */
export function SaveState({ saving, role }: { readonly saving: ReportConnection['saving']; readonly role: Role }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLSpanElement>(null);
  const shown = useLasting(useCalmStore(saving, isUrgent).state);
  const words = useSaveWords(role);
  const Icon = ICONS[shown.kind];
  // For scripts, as it is at every moment; drawing the page again for it would make typing late.
  useLayoutEffect(() => {
    const tell = () => mark.current?.setAttribute('data-save', saving.getState().state.kind);
    tell();
    return saving.subscribe(tell);
  }, [saving]);
  return (
    <>
      <span className={`save ${shown.kind}`} ref={mark} title={words(shown)}>
        <Icon aria-hidden="true" />
        {words(shown)}
      </span>
      {/* read aloud when the kind changes, not with every entry */}
      <span className="unseen" role="status">
        {shown.kind === 'saved' || shown.kind === 'saving' ? t('save.savedPlain') : words(shown)}
      </span>
    </>
  );
}

function useLasting(state: State): State {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    if (state.kind !== 'saving') {
      setShown(state);
      return;
    }
    const timer = setTimeout(() => setShown(state), LASTS_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return shown;
}

function useSaveWords(role: Role): (state: State) => string {
  const { t } = useTranslation();
  return (state) => {
    switch (state.kind) {
      case 'loading':
        return t('save.connecting');
      case 'saved':
        return t('save.saved', { seq: state.seq });
      case 'saving':
        return t('save.saving');
      case 'offline':
        return state.count === 0 ? t('save.offlineClean') : t('save.offline', { count: state.count });
      case 'read-only':
        return t('save.readOnly', {
          why: state.reason === 'role' ? t('readOnly.role', { role: t(`roles.${role}`) }) : t(`readOnly.${state.reason}`),
        });
      case 'trouble': {
        const why =
          state.reason === 'signed-out' || state.reason === 'outdated' ? t(`readOnly.${state.reason}`) : t(`refusals.${state.reason}`);
        return state.count === 0 ? why : t('save.trouble', { why, count: state.count });
      }
    }
  };
}
