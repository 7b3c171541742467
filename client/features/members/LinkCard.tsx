import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copy.ts';

/** A link just made, that works once. */
export interface MadeLink {
  /** Whom it signs in; null = an invitation, for whoever opens it first. */
  readonly name: string | null;
  readonly link: string;
}

/** Shown once: the server keeps only its hash. */
export function LinkCard({ made }: { readonly made: MadeLink }) {
  const { t } = useTranslation();
  const field = useId();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div className="link-card" role="status">
      <label className="label" htmlFor={field}>
        {made.name === null ? t('members.invitationLink') : t('members.linkFor', { name: made.name })}
      </label>
      <div className="row">
        <input id={field} className="field grow" readOnly value={made.link} onFocus={(event) => event.currentTarget.select()} />
        <Button onClick={() => void copyText(made.link).then(setCopied)}>
          {copied === true ? t('common.copied') : t('members.copyLink')}
        </Button>
      </div>
      <p className={copied === false ? 'complaint' : 'cap'}>{copied === false ? t('common.copyFailed') : t('members.linkHint')}</p>
    </div>
  );
}
