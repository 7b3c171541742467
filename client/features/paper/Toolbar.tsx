import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  AlignCenter,
  AlignJustify,
  AlignLeft,
  AlignRight,
  Bold,
  ChevronDown,
  Italic,
  List,
  ListOrdered,
  Redo2,
  Underline,
  Undo2,
} from 'lucide-react';
import { Toolbar as Kit } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuChoice } from '../../ui/Menu.tsx';

type Style = 'paragraph' | 'heading3' | 'heading4';
type Align = 'start' | 'center' | 'right' | 'justify';

interface Reading {
  readonly editable: boolean;
  readonly style: Style;
  readonly align: Align;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly bullet: boolean;
  readonly ordered: boolean;
}

function read(editor: Editor): Reading {
  return {
    editable: editor.isEditable,
    style: editor.isActive('heading', { level: 3 }) ? 'heading3' : editor.isActive('heading', { level: 4 }) ? 'heading4' : 'paragraph',
    align: editor.isActive({ align: 'center' })
      ? 'center'
      : editor.isActive({ align: 'right' })
        ? 'right'
        : editor.isActive({ align: 'left' })
          ? 'start'
          : 'justify',
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    underline: editor.isActive('underline'),
    bullet: editor.isActive('listLine', { list: 'bullet' }),
    ordered: editor.isActive('listLine', { list: 'ordered' }),
  };
}

interface ToolbarProps {
  readonly editor: Editor | null;
  /** What can be taken back and done again, in whatever chapter. */
  readonly steps: { readonly undoable: boolean; readonly redoable: boolean; readonly step: (direction: 'undo' | 'redo') => void };
  readonly children?: ReactNode;
}

/** Acts on the chapter that has, or last had, the caret; undo and redo on the whole report. */
export function Toolbar({ editor, steps, children }: ToolbarProps) {
  const { t } = useTranslation();
  const now = useEditorState({
    editor,
    selector: ({ editor: current }) => (current === null || current.isDestroyed ? null : read(current)),
  });
  const reason = now === null ? t('tools.noCaret') : now.editable ? null : t('tools.readOnly');

  function act(run: (editor: Editor) => boolean): void {
    if (editor === null || editor.isDestroyed) return;
    run(editor);
    editor.view.focus();
  }

  const tool = (
    words: string,
    shortcut: string | null,
    on: boolean | null,
    enabled: boolean,
    run: (editor: Editor) => boolean,
    face: ReactNode,
  ) => (
    <Kit.Button asChild>
      <Button
        look="quiet"
        size="sm"
        icon
        hint={shortcut === null ? words : `${words} ${shortcut}`}
        reason={reason}
        aria-label={words}
        {...(on === null ? {} : { 'aria-pressed': on })}
        disabled={reason === null && !enabled}
        // the caret must stay in the text
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => act(run)}
      >
        {face}
      </Button>
    </Kit.Button>
  );
  const step = (direction: 'undo' | 'redo', shortcut: string, enabled: boolean, face: ReactNode) => (
    <Kit.Button asChild>
      <Button
        look="quiet"
        size="sm"
        icon
        hint={`${t(`tools.${direction}`)} ${shortcut}`}
        aria-label={t(`tools.${direction}`)}
        disabled={!enabled}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => steps.step(direction)}
      >
        {face}
      </Button>
    </Kit.Button>
  );
  const styles: readonly { value: Style; label: string; shortcut: string }[] = [
    { value: 'paragraph', label: t('tools.paragraph'), shortcut: 'Ctrl+Alt+0' },
    { value: 'heading3', label: t('tools.heading3'), shortcut: 'Ctrl+Alt+3' },
    { value: 'heading4', label: t('tools.heading4'), shortcut: 'Ctrl+Alt+4' },
  ];
  const aligns: readonly { value: Align; label: string }[] = [
    { value: 'justify', label: t('tools.alignBoth') },
    { value: 'start', label: t('tools.alignStart') },
    { value: 'center', label: t('tools.alignCenter') },
    { value: 'right', label: t('tools.alignEnd') },
  ];
  const AlignIcon = { justify: AlignJustify, start: AlignLeft, center: AlignCenter, right: AlignRight }[now?.align ?? 'justify'];

  return (
    <Kit.Root className="tools" aria-label={t('tools.label')}>
      {step('undo', 'Ctrl+Z', steps.undoable, <Undo2 aria-hidden="true" />)}
      {step('redo', 'Ctrl+Y', steps.redoable, <Redo2 aria-hidden="true" />)}
      <span className="sep" />
      <Choice
        label={t('tools.style')}
        reason={reason}
        className="style"
        face={
          <>
            {styles.find((style) => style.value === (now?.style ?? 'paragraph'))?.label}
            <ChevronDown aria-hidden="true" />
          </>
        }
        value={now?.style ?? 'paragraph'}
        options={styles}
        onChoose={(value) => act((on) => chooseStyle(on, value))}
        onClosed={() => editor?.view.focus()}
      />
      {tool(t('tools.bold'), 'Ctrl+B', now?.bold === true, true, (on) => on.commands.toggleBold(), <Bold aria-hidden="true" />)}
      {tool(t('tools.italic'), 'Ctrl+I', now?.italic === true, true, (on) => on.commands.toggleItalic(), <Italic aria-hidden="true" />)}
      {tool(
        t('tools.underline'),
        'Ctrl+U',
        now?.underline === true,
        true,
        (on) => on.commands.toggleUnderline(),
        <Underline aria-hidden="true" />,
      )}
      <span className="sep" />
      {tool(
        t('tools.bullet'),
        'Ctrl+Shift+8',
        now?.bullet === true,
        true,
        (on) => on.commands.toggleList('bullet'),
        <List aria-hidden="true" />,
      )}
      {tool(
        t('tools.ordered'),
        'Ctrl+Shift+7',
        now?.ordered === true,
        true,
        (on) => on.commands.toggleList('ordered'),
        <ListOrdered aria-hidden="true" />,
      )}
      <Choice
        label={t('tools.align')}
        reason={reason}
        face={<AlignIcon aria-hidden="true" />}
        value={now?.align ?? 'justify'}
        options={aligns}
        onChoose={(value) => act((on) => on.commands.setAlign(value === 'justify' ? null : value === 'start' ? 'left' : value))}
        onClosed={() => editor?.view.focus()}
      />
      {children}
    </Kit.Root>
  );
}

function chooseStyle(editor: Editor, style: Style): boolean {
  if (style === 'paragraph') return editor.commands.setParagraph();
  const level = style === 'heading3' ? 3 : 4;
  // toggling the present style would take it away
  return editor.isActive('heading', { level }) || editor.commands.toggleHeading(level);
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly reason: string | null;
  readonly face: ReactNode;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly shortcut?: string }[];
  readonly onChoose: (value: Value) => void;
  readonly onClosed: () => void;
  readonly className?: string;
}

/** One of several, from a menu that gives the caret back to the text. */
function Choice<Value extends string>({ label, reason, face, value, options, onChoose, onClosed, className }: ChoiceProps<Value>) {
  const chosen = options.find((option) => option.value === value)?.label ?? '';
  const button = (
    <Kit.Button asChild>
      <Button look="quiet" size="sm" className={className} hint={label} reason={reason} aria-label={`${label} ${chosen}`}>
        {face}
      </Button>
    </Kit.Button>
  );
  if (reason !== null) return button;
  return (
    <Menu
      trigger={button}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        onClosed();
      }}
    >
      <MenuChoice
        value={value}
        onChoose={(wanted) => {
          const option = options.find((other) => other.value === wanted);
          if (option !== undefined) onChoose(option.value);
        }}
        options={options}
      />
    </Menu>
  );
}
