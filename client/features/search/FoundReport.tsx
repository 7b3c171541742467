import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SearchedChapter, SearchedReport } from '../../../shared/api/home.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { Excerpt } from '../../../shared/search/find.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { placeAddress } from './place.ts';

interface FoundReportProps {
  readonly report: SearchedReport;
  readonly words: string;
}

/** One report's hits, by chapter, each leading to its place. */
export function FoundReport({ report, words }: FoundReportProps) {
  const { t } = useTranslation();
  return (
    <section className="card found-report" lang="zh-CN">
      <header className="found-head">
        <h2>
          <Link href={`/r/${report.id}`}>
            {report.inTitle === null ? report.title === '' ? t('home.untitled') : report.title : <Marked excerpt={report.inTitle} />}
          </Link>
        </h2>
        {report.standing === 'archived' ? <span className="chip">{t('home.stages.archived')}</span> : null}
        <span className="cap">{sayMoment(report.changedAt)}</span>
      </header>
      {report.chapters.map((chapter) => (
        <FoundChapter key={chapter.node} report={report.id} chapter={chapter} words={words} />
      ))}
    </section>
  );
}

interface FoundChapterProps {
  readonly report: ReportId;
  readonly chapter: SearchedChapter;
  readonly words: string;
}

function FoundChapter({ report, chapter, words }: FoundChapterProps) {
  const { t } = useTranslation();
  const { inHeading, hits, total } = chapter;
  const name = chapter.passage === null ? chapter.name : t(`outline.${chapter.passage}`);
  return (
    <div className="found-chapter">
      <h3>
        <Link href={placeAddress(report, chapter.node, null)}>
          {inHeading === null ? name : <Marked excerpt={numbered(chapter, inHeading)} />}
        </Link>
      </h3>
      <ul>
        {hits.map((hit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the n-th hit is the n-th hit
          <li key={index}>
            <Link href={placeAddress(report, chapter.node, { find: words, nth: index })} title={t('search.goTo')} className="found-hit">
              <Marked excerpt={hit} />
            </Link>
          </li>
        ))}
      </ul>
      {total > hits.length ? <p className="cap">{t('search.more', { count: total - hits.length })}</p> : null}
    </div>
  );
}

/** A heading with its number before its words, which alone were searched. */
function numbered({ name }: SearchedChapter, { before, hit, after }: Excerpt): Excerpt {
  const number = name.slice(0, name.length - before.length - hit.length - after.length);
  return { before: number + before, hit, after };
}

function Marked({ excerpt }: { readonly excerpt: Excerpt }) {
  return (
    <>
      {excerpt.before}
      <mark>{excerpt.hit}</mark>
      {excerpt.after}
    </>
  );
}
