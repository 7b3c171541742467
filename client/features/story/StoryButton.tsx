import type { Editor } from '@tiptap/core';
import { BookOpenText } from 'lucide-react';
import { Toolbar as Kit } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { ChapterId } from '../../../shared/ids.ts';
import { blockKeyAt, idsOfSelection } from '../../editor/blocks.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { askStory } from './asked.ts';

/** In the toolbar: the story of what is selected, or else of the paragraph with the caret. */
export function StoryButton({ editor, chapter }: { readonly editor: Editor | null; readonly chapter: ChapterId | null }) {
  const { t } = useTranslation();
  const reason = editor === null || chapter === null ? t('tools.noCaret') : null;
  return (
    <Kit.Button asChild>
      <Button
        look="quiet"
        size="sm"
        className="story-button"
        hint={t('story.hint')}
        reason={reason}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (editor === null || chapter === null || editor.isDestroyed) return;
          const { doc, selection } = editor.state;
          if (selection.empty) {
            const block = blockKeyAt(editor.state);
            if (block === null) notify(t('story.unsent'));
            else askStory({ chapter, block });
            return;
          }
          const ids = idsOfSelection(editor.state);
          const words = doc.textBetween(selection.from, selection.to, ' ');
          if (ids === null) notify(t('story.unsentWords'));
          else askStory({ chapter, ids, words });
        }}
      >
        <BookOpenText aria-hidden="true" />
        {t('story.button')}
      </Button>
    </Kit.Button>
  );
}
