import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';

const KINDS = {
  'link-used': 'used',
  'link-expired': 'expired',
  'link-void': 'void',
  'not-found': 'bad',
  'bad-request': 'bad',
} as const;

function kindOf(failure: FailureLike): (typeof KINDS)[keyof typeof KINDS] | null {
  return failure.code in KINDS ? KINDS[failure.code as keyof typeof KINDS] : null;
}

/** Is the link itself the trouble (then trying again is no use)? */
export function isAboutLink(failure: FailureLike): boolean {
  return kindOf(failure) !== null;
}

export function LinkTrouble({ failure, onAgain }: { readonly failure: FailureLike; readonly onAgain: () => void }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const kind = kindOf(failure);
  return (
    <div role="alert">
      <h1>{kind === null ? failureWords(failure) : t(`signIn.${kind}Heading`)}</h1>
      {kind === null ? null : <p>{t(`signIn.${kind}Hint`)}</p>}
      <div className="acts">
        {kind === null ? (
          <Button onClick={onAgain}>{t('common.retry')}</Button>
        ) : (
          <Link href="/" className="btn">
            {t('common.backHome')}
          </Link>
        )}
      </div>
    </div>
  );
}
