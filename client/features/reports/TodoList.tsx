import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Todo } from '../../../shared/api/home.ts';
import { Button } from '../../ui/Button.tsx';
import { blanksAddress, sayDue } from '../blanks/index.ts';
import { placeAddress } from '../search/index.ts';
import { threadAddress } from '../threads/index.ts';

/** Shown at once; the rest on request. */
const SHOWN = 5;

/** What waits for me, each with its one act. */
export function TodoList({ todos }: { readonly todos: readonly Todo[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? todos : todos.slice(0, SHOWN);
  return (
    <section className="card todos" aria-label={t('home.todos')}>
      <ul>
        {shown.map((todo) => (
          <TodoRow key={`${todo.report} ${todo.kind}`} todo={todo} />
        ))}
      </ul>
      {shown.length === todos.length ? null : (
        <div className="todo-rest">
          <Button look="quiet" size="sm" onClick={() => setAll(true)}>
            {t('home.todo.rest', { count: todos.length - SHOWN })}
          </Button>
        </div>
      )}
    </section>
  );
}

function TodoRow({ todo }: { readonly todo: Todo }) {
  const { t } = useTranslation();
  const { kind, count, places } = todo;
  const title = todo.title === '' ? t('home.untitled') : todo.title;
  const what = t(`home.todo.${kind}Line`, { title, count });
  const { thread } = todo;
  const act = t(thread !== null ? 'home.todo.goThread' : kind === 'unwritten' ? 'home.todo.goUnwritten' : 'home.todo.goBlanks');
  const named = places.map((place) => {
    const name = place.passage === null ? place.name : t(`outline.${place.passage}`);
    return kind === 'unwritten' ? name : t('home.todo.place', { place: name, count: place.count });
  });
  const rest = count - places.reduce((sum, place) => sum + place.count, 0);
  const first = places[0];
  return (
    <li className="todo">
      <span>
        <span className={kind === 'unwritten' || thread !== null ? 'chip' : 'chip warn'}>{t(`home.todo.${kind}`)}</span>
      </span>
      <div className="todo-what">
        <b className="cut2" lang="zh-CN" title={what}>
          {what}
        </b>
        <div className="cap cut" lang="zh-CN" title={named.join(t('common.join'))}>
          {todo.due === null ? null : <b className="todo-due">{t('home.todo.due', { day: sayDue(todo.due) })}</b>}
          {named.join(t('common.join'))}
          {rest > 0 ? ` ${t('home.todo.more', { count: rest })}` : ''}
        </div>
      </div>
      <Link
        href={
          thread !== null
            ? threadAddress(todo.report, thread)
            : kind === 'assigned'
              ? blanksAddress(todo.report)
              : placeAddress(todo.report, first?.node ?? null, kind === 'blanks' ? { find: '*', nth: 0 } : null)
        }
        className="btn sm"
        aria-label={t('home.todo.goTo', { act, what })}
      >
        {act}
      </Link>
    </li>
  );
}
