import { Check, Clock3, Lock, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Role } from '../../../shared/access/can.ts';
import type { ReportConnection } from '../../connection/report-connection.ts';
import type { SaveState as State } from '../../connection/save-state.ts';

const ICONS = { loading: Clock3, saved: Check, saving: Clock3, offline: TriangleAlert, 'read-only': Lock, trouble: TriangleAlert } as const;
/** Every key is unsaved for a few milliseconds; only longer than this is worth saying. */
const CALM_MS = 400;

/** Beside the title: saved with the entry's number, saving, offline with a count, or why it is read-only. */
export function SaveState({ saving, role }: { readonly saving: ReportConnection['saving']; readonly role: Role }) {
  const { t } = useTranslation();
  const state = useStore(saving, (view) => view.state);
  const shown = useCalm(state);
  const words = useSaveWords(role);
  const Icon = ICONS[shown.kind];
  return (
    <>
      <span className={`save ${shown.kind}`} data-save={state.kind} title={words(shown)}>
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

function useCalm(state: State): State {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    if (state.kind !== 'saving') {
      setShown(state);
      return;
    }
    const timer = setTimeout(() => setShown(state), CALM_MS);
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
